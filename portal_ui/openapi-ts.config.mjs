/** How `npm run generate` turns openapi.json (written by `python -m api.openapi`) into src/client. */
export default {
  input: "./openapi.json",
  output: { path: "./src/client", postProcess: [] },
  plugins: ["@hey-api/client-fetch", "@hey-api/typescript", "@hey-api/sdk"],
};
