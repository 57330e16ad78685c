// Says of pairs of scripts whether they are the same program: node same.mjs TYPESCRIPT PAIRS
// TYPESCRIPT is the folder of the package, PAIRS a JSON file of [name, text, text]. Prints a line for each pair that
// differs, with the first place in the first text whose meaning is another one in the second.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [typescript, pairs] = process.argv.slice(2);
const ts = createRequire(import.meta.url)(typescript);

/**
 * What a node says by itself, besides its parts: an operator, a name, a text between quotes as it is meant.
 * @type {(node: any) => unknown[]}
 */
const own = (node) => [
  node.kind,
  node.operator,
  node.flags & ts.NodeFlags.BlockScoped,
  node.rawText,
  ts.isSourceFile(node) || node.text
];

/** @type {(node: any) => any[]} */
function parts(node) {
  /** @type {any[]} */
  const found = [];
  ts.forEachChild(node, (/** @type {any} */ part) => {
    if (!ts.isEmptyStatement(part) && part.kind !== ts.SyntaxKind.EndOfFileToken) found.push(part);
  });
  return found;
}

/**
 * The first node of one file that is not the same in the other; nothing where all are.
 * @type {(one: any, other: any) => any}
 */
function difference(one, other) {
  const [mine, its] = [parts(one), parts(other)];
  if (String(own(one)) !== String(own(other)) || mine.length !== its.length) return one;
  for (const [at, part] of mine.entries()) {
    const found = difference(part, its[at]);
    if (found) return found;
  }
}

for (const [name, ...texts] of JSON.parse(readFileSync(pairs, "utf8"))) {
  const files = texts.map((/** @type {string} */ text) =>
    ts.createSourceFile(name, text, ts.ScriptTarget.ESNext, true, ts.ScriptKind.JS)
  );
  const broken = files.flatMap((/** @type {any} */ file) => file.parseDiagnostics);
  const found = broken[0]?.messageText ?? difference(files[0], files[1])?.pos;
  if (found !== undefined)
    console.log(
      `${name}: ${typeof found === "number" ? texts[0].slice(found, found + 200).trim() : found}`
    );
}
