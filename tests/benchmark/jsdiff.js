// Times jsdiff inside node: reads {pairs: [[old, new], …], rounds} from stdin, prints for each round the milliseconds
// of CPU that all pairs took together.
import { readFileSync } from "node:fs";
import { diffWords } from "diff";

const { pairs, rounds } = JSON.parse(readFileSync(0, "utf8"));
const timed = () => {
  const begun = process.cpuUsage();
  for (const [old, now] of pairs) diffWords(old, now);
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1000;
};
diffWords("warm up", "warmed up");
console.log(JSON.stringify(Array.from({ length: rounds }, timed)));
