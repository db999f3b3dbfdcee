/** Runs content files the way browsers do: classic scripts, one after the other, in one scope. */
import { readFileSync } from "node:fs";
import vm from "node:vm";

const ROOT = new URL("../../extension/", import.meta.url);

/**
 * The scope after running the files, with `globals` in it before.
 *
 * @param {string[]} files under extension/
 * @param {Record<string, unknown>} [globals]
 * @returns {any}
 */
export function run(files, globals = {}) {
  const scope = vm.createContext({ ...globals });
  for (const file of files) vm.runInContext(readFileSync(new URL(file, ROOT), "utf8"), scope, { filename: file });
  return scope;
}

/** A table of tests/cases. @param {string} name @returns {any} */
export function cases(name) {
  return JSON.parse(readFileSync(new URL(`../cases/${name}.json`, import.meta.url), "utf8"));
}
