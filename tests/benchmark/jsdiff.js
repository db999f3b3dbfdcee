// Times jsdiff inside node: reads {pairs: [[old, new], …], rounds} from stdin, prints the median milliseconds of each
// pair.
import { readFileSync } from "node:fs";
import { diffWords } from "diff";

const { pairs, rounds } = JSON.parse(readFileSync(0, "utf8"));
const median = (/** @type {number[]} */ times) => times.sort((a, b) => a - b)[times.length >> 1];
const timed = ([old, now]) => {
  const start = performance.now();
  diffWords(old, now);
  return performance.now() - start;
};
diffWords("warm up", "warmed up");
console.log(JSON.stringify(pairs.map((pair) => median(Array.from({ length: rounds }, () => timed(pair))))));
