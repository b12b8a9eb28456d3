/** How the interface is built: one build per mode, so that entries never share chunks across modes. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** HTML entries by build mode: our own people's console, and the pages of customers and sales. */
const CONSOLE = { console: here("./console.html") };
const PUBLIC = { portal: here("./portal.html"), handoff: here("./handoff.html") };

/** The public pages run on Preact, a tenth of React's size. The same code builds with React in `public-on-react`. */
const PREACT = [
  { find: /^react$/, replacement: "preact/compat" },
  { find: /^react-dom$/, replacement: "preact/compat" },
  { find: /^react-dom\/client$/, replacement: "preact/compat/client" },
  { find: /^react\/jsx-(dev-)?runtime$/, replacement: "preact/jsx-runtime" },
  { find: /^use-sync-external-store\/shim\/index\.js$/, replacement: "preact/compat" },
];

/** The font travels with its licence, as that asks. */
const fontLicence: Plugin = {
  name: "font-licence",
  generateBundle() {
    const source = readFileSync(here("./node_modules/@fontsource-variable/inter/LICENSE"), "utf8");
    this.emitFile({ type: "asset", fileName: "assets/inter-licence.txt", source });
  },
};

/** `npm run dev` answers every page address with the console's page, as the API does. */
const consolePages: Plugin = {
  name: "console-pages",
  configureServer(server) {
    server.middlewares.use((request, _response, next) => {
      const isPage = request.headers.accept?.startsWith("text/html") && !request.url?.startsWith("/api/");
      if (isPage) request.url = "/console.html";
      next();
    });
  },
};

export default defineConfig(({ mode }) => {
  const isPublic = mode.startsWith("public");
  return {
    plugins: [tailwindcss(), isPublic ? [] : [react(), fontLicence, consolePages]],
    resolve: {
      alias: [{ find: "@", replacement: here("./src") }, ...(mode === "public" ? PREACT : [])],
    },
    build: {
      outDir: mode === "public-on-react" ? "node_modules/.vite/on-react" : "dist",
      // The console is built first, and the public pages beside it.
      emptyOutDir: mode !== "public",
      manifest: `manifest-${isPublic ? "public" : "console"}.json`,
      // Inlined assets would be data: addresses, which the content security policy refuses for fonts and styles.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      license: { fileName: `assets/licenses-${isPublic ? "public" : "console"}.md` },
      rollupOptions: {
        input: isPublic ? PUBLIC : CONSOLE,
        // "use client" is for frameworks that also render on a server.
        onwarn: (warning, warn) => warning.code === "MODULE_LEVEL_DIRECTIVE" || warn(warning),
      },
    },
    worker: { format: "es" },
    server: { proxy: { "/api": process.env.THREAD_API ?? "http://localhost:8400" } },
  };
});
