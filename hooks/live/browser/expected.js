// What to expect beside the floor, in the scenario bar: the main script calls for this file at the first change.
// EXPECTED holds the formulas, and the lines of which the first is said whose numbers all are there (hooks/page/floors.py).
const { reference, valueOf, textOf, worded, learn, told, set } = live;

learn(EXPECTED.known);
told.expected = (/** @type {Scenario} */ scenario) => {
  /** @type {(line: string) => boolean} */
  const numbers = (line) =>
    [...line.matchAll(/\{([^{}]+)\}/g)].every(
      ([, asked]) => typeof valueOf(reference(asked), scenario) === "number"
    );
  const line = EXPECTED.lines.find(numbers);
  return line && worded(line, (asked) => textOf(reference(asked), scenario));
};
set({});
