/** How the interface is built: one build per mode, so that entries never share chunks across modes. */
import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** HTML entries by build mode. `public` joins when the customer's pages exist; it also aliases react to preact. */
const ENTRIES: Record<string, Record<string, string>> = {
  console: { console: here("./console.html") },
};

export default defineConfig(({ mode }) => {
  const input = ENTRIES[mode] ?? ENTRIES.console;
  return {
    plugins: [react(), tailwindcss()],
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
