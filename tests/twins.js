// The browser's half of tests/twins.py: asks the twin what Python was asked, counts what it compares and keeps what differs.
globalThis.twins = (() => {
  /** @type {Record<string, number>} */
  const counts = { differences: 0 },
    /** @type {string[]} */
    wrong = [];
  /** @type {(x: any) => string} */
  const shown = (x) =>
    Object.is(x, -0)
      ? "-0"
      : x instanceof live.Reason
        ? `Reason(${x.text})`
        : (JSON.stringify(x) ?? String(x));
  /** @type {(text: string) => void} */
  const differs = (text) => {
    counts.differences++;
    if (wrong.length < 50) wrong.push(text);
  };
  globalThis.addEventListener?.("error", ({ message }) => differs(`the script failed: ${message}`));

  /**
   * Python writes a reason as its text and whether it is only a missing value.
   * @type {(expected: any, found: any) => boolean}
   */
  const alike = (expected, found) =>
    Array.isArray(expected)
      ? found instanceof live.Reason && found.text === expected[0] && found.missing === expected[1]
      : Object.is(found, expected);

  /** @type {(kind: string, expected: any, found: any, ...about: any[]) => void} */
  function same(kind, expected, found, ...about) {
    counts[kind] = (counts[kind] ?? 0) + 1;
    if (!alike(expected, found))
      differs(
        `${kind} of ${about.map(shown).join(" in ")}: Python says ${shown(expected)}, the browser ${shown(found)}`
      );
  }

  /**
   * Every name's value and text, in a scenario of its own and in one that shares what it can with the declared defaults.
   * @type {(names: string[], cases: [given: Given, results: any[]][]) => void}
   */
  function scenarios(names, cases) {
    const home = new live.Scenario();
    for (const [given, results] of cases) {
      const alone = new live.Scenario(given),
        sharing = new live.Scenario(given, home, Object.keys(given));
      counts.scenarios = (counts.scenarios ?? 0) + 1;
      names.forEach((name, at) => {
        const [value, text] = results[at];
        same("values", value, alone.value(name), name, given);
        same("texts", text, alone.text(name), name, given);
        if (!alike(value, sharing.value(name)))
          differs(
            `the shared value of ${name} in ${shown(given)}: Python says ${shown(value)}, the browser ${shown(sharing.value(name))}`
          );
      });
    }
  }

  /** @type {(fields: Set<string>) => string} */
  const listed = (fields) => [...fields].sort().join();

  /** @type {(fields: Record<string, string>) => void} */
  function rests(fields) {
    for (const name in fields) same("rests", fields[name], listed(live.restsOn(name)), name);
  }

  /** @type {(cases: [given: Given, questions: any[][]][]) => void} */
  function references(cases) {
    for (const [given, questions] of cases) {
      const scenario = new live.Scenario(given);
      for (const [text, value, words, fields] of questions) {
        const asked = live.reference(text);
        same("references", value, live.valueOf(asked, scenario), text, given);
        same("texts", words, live.textOf(asked, scenario), text, given);
        same("follows", fields, listed(live.follows(asked)), text);
      }
    }
  }

  /** @type {(cases: [given: Given, questions: any[][]][]) => void} */
  function claims(cases) {
    for (const [given, questions] of cases) {
      const scenario = new live.Scenario(given);
      for (const [text, holds, reason, sides] of questions) {
        const found = live.verdict(text, scenario);
        same("claims", holds, found.holds, text, given);
        same("reasons", reason, found.reason?.text ?? "", text, given);
        sides.forEach((/** @type {any[]} */ [value, words], /** @type {number} */ at) => {
          same("sides", value, found.sides[at].value, text, given);
          same("texts", words, found.sides[at].text, text, given);
        });
      }
    }
  }

  /** @type {(cases: [given: Given, names: string[], words: string][]) => void} */
  function phrases(cases) {
    for (const [given, names, words] of cases) {
      const scenario = new live.Scenario(given);
      same("phrases", words, scenario.inWords(scenario.worthTelling(names)), names, given);
    }
  }

  /** @type {(cases: [of: string, display: string, values: any[], texts: string[]][]) => void} */
  function written(cases) {
    for (const [of, display, values, texts] of cases)
      values.forEach((value, at) =>
        same("texts", texts[at], live.written(value, live.unit(of), display), value, of, display)
      );
  }

  return { counts, wrong, scenarios, rests, references, claims, phrases, written };
})();
