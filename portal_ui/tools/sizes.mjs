/** Does the build keep its promises? Reads Vite's manifests, gzips what each page and screen loads, fails above budget. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const dist = process.argv[2] ?? "dist";
const budgets = JSON.parse(readFileSync(new URL("../budgets.json", import.meta.url), "utf8"));
const gzipped = new Map();

function kilobytes(file) {
  if (!gzipped.has(file))
    gzipped.set(file, gzipSync(readFileSync(join(dist, file)), { level: 9 }).length / 1000);
  return gzipped.get(file);
}

/** Every file a chunk loads before it runs: itself and its static imports. */
function loadedWith(manifest, name, seen = new Set()) {
  const chunk = manifest[name];
  if (seen.has(name)) return { scripts: new Set(), styles: new Set() };
  seen.add(name);
  const scripts = new Set([chunk.file]);
  const styles = new Set(chunk.css ?? []);
  for (const imported of chunk.imports ?? []) {
    const deeper = loadedWith(manifest, imported, seen);
    for (const file of deeper.scripts) scripts.add(file);
    for (const file of deeper.styles) styles.add(file);
  }
  return { scripts, styles };
}

/** What an entry may still fetch: chunks imported on demand, by it or by what it loads. */
function laterFrom(manifest, name, seen = new Set()) {
  if (seen.has(name)) return new Set();
  seen.add(name);
  const { dynamicImports = [], imports = [] } = manifest[name];
  const deeper = [...dynamicImports, ...imports].flatMap((next) => [...laterFrom(manifest, next, seen)]);
  return new Set([...dynamicImports, ...deeper]);
}

const sum = (files) => [...files].reduce((total, file) => total + kilobytes(file), 0);
let broken = 0;

function report(name, size, budget) {
  const over = size > budget;
  broken += over ? 1 : 0;
  console.log(
    `${over ? "OVER" : "ok  "} ${size.toFixed(1).padStart(7)} / ${String(budget).padEnd(4)} kB gz  ${name}`,
  );
}

for (const [build, entries] of Object.entries(budgets)) {
  const manifest = JSON.parse(readFileSync(join(dist, `manifest-${build}.json`), "utf8"));
  for (const [entry, budget] of Object.entries(entries)) {
    if (!manifest[entry])
      throw new Error(`budgets.json names ${entry}, which the ${build} build does not have`);
    const { scripts, styles } = loadedWith(manifest, entry);
    report(`${entry} first load, scripts`, sum(scripts), budget.scripts);
    report(`${entry} first load, styles`, sum(styles), budget.styles);
    for (const later of laterFrom(manifest, entry)) {
      const extra = [...loadedWith(manifest, later).scripts].filter((file) => !scripts.has(file));
      report(`  + ${later}`, sum(extra), budget.route);
    }
  }
}
if (broken > 0) {
  console.error("Over budget: make it smaller, or change budgets.json and say why in the commit.");
  process.exit(1);
}
