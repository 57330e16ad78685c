// Says of pairs of scripts whether they are the same program: node same.mjs TYPESCRIPT PAIRS
// TYPESCRIPT is the folder of the package, PAIRS a JSON file of [name, text, text]. Prints a line for each pair that
// differs, with the first place in the first text whose meaning is another one in the second.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [typescript, pairs] = process.argv.slice(2);
const ts = createRequire(import.meta.url)(typescript);

// What a node says by itself, besides its parts: an operator, a name, a text between quotes as it is meant.
function own(node, file) {
  const said = [node.kind, node.operator, node.flags & ts.NodeFlags.BlockScoped, node.text];
  if (ts.isLiteralExpression(node) || ts.isIdentifier(node) || node.rawText !== undefined)
    return [...said, node.rawText];
  return ts.isToken(node) ? [...said, node.getText(file)] : said;
}

function parts(node) {
  const found = [];
  ts.forEachChild(node, (part) => {
    if (!ts.isEmptyStatement(part) && part.kind !== ts.SyntaxKind.EndOfFileToken) found.push(part);
  });
  return found;
}

// The first node of one file that is not the same in the other; nothing where all are.
function difference(one, other, files) {
  const [mine, its] = [parts(one), parts(other)];
  if (String(own(one, files[0])) !== String(own(other, files[1])) || mine.length !== its.length)
    return one;
  for (const [at, part] of mine.entries()) {
    const found = difference(part, its[at], files);
    if (found) return found;
  }
}

for (const [name, ...texts] of JSON.parse(readFileSync(pairs, "utf8"))) {
  const files = texts.map((text) =>
    ts.createSourceFile(name, text, ts.ScriptTarget.ESNext, true, ts.ScriptKind.JS)
  );
  const broken = files.flatMap((file) => file.parseDiagnostics);
  // A file's own text is all of it: its parts are compared.
  for (const file of files) file.text = "";
  const found = broken[0]?.messageText ?? difference(...files, files)?.pos;
  if (found !== undefined)
    console.log(
      `${name}: ${typeof found === "number" ? texts[0].slice(found, found + 200).trim() : found}`
    );
}
