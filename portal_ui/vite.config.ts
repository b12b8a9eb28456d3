/** How the interface is built: one build per mode, so that entries never share chunks across modes. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** HTML entries by build mode. `public` joins when the customer's pages exist; it also aliases react to preact. */
const ENTRIES: Record<string, Record<string, string>> = {
  console: { console: here("./console.html") },
};

/** The font travels with its licence, as that asks. */
const fontLicence: Plugin = {
  name: "font-licence",
  generateBundle() {
    const source = readFileSync(here("./node_modules/@fontsource-variable/inter/LICENSE"), "utf8");
    this.emitFile({ type: "asset", fileName: "assets/inter-licence.txt", source });
  },
};

export default defineConfig(({ mode }) => {
  const input = ENTRIES[mode] ?? ENTRIES.console;
  return {
    plugins: [react(), tailwindcss(), fontLicence],
    resolve: { alias: { "@": here("./src") } },
    build: {
      outDir: "dist",
      manifest: "manifest.json",
      // Inlined assets would be data: addresses, which the content security policy refuses for fonts and styles.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      license: { fileName: "assets/licenses.md" },
      rollupOptions: { input },
    },
    worker: { format: "es" },
    server: { proxy: { "/api": process.env.THREAD_API ?? "http://localhost:8400" } },
  };
});
