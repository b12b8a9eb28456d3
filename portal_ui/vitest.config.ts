/** Unit tests run in Node: the parts they cover touch no browser. */
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// Vitest's summary of failures uses it; Node has it from 21 on, and Thread supports 20.
Map.groupBy ??= (items, keyOf) => {
  const groups = new Map();
  let index = 0;
  for (const item of items) {
    const key = keyOf(item, index++);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
};

export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  test: { include: ["src/**/*.test.ts"], environment: "node", css: true },
});
