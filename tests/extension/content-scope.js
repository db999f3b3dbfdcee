/** Runs content files the way browsers do: classic scripts, one after the other, in one scope. */
import { readFileSync } from "node:fs";
import vm from "node:vm";

const ROOT = new URL("../../extension/", import.meta.url);

/** @param {string} file under extension/ @returns {string} */
export function source(file) {
  return readFileSync(new URL(file, ROOT), "utf8");
}

/**
 * The scope after running the files, with `globals` in it before.
 *
 * @param {string[]} files under extension/
 * @param {Record<string, unknown>} [globals]
 * @returns {any}
 */
export function run(files, globals = {}) {
  const scope = vm.createContext({ ...globals });
  for (const file of files) runIn(scope, file);
  return scope;
}

/** @param {any} scope a context of node:vm @param {string} file under extension/ */
export function runIn(scope, file) {
  vm.runInContext(source(file), scope, { filename: file });
}

/** A table of tests/cases. @param {string} name @returns {any} */
export function cases(name) {
  return JSON.parse(readFileSync(new URL(`../cases/${name}.json`, import.meta.url), "utf8"));
}
