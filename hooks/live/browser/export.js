// What a reader takes away: the numbers as CSV, a Python file that computes them, and a line that cites the page.

const { names, tables, sources } = PARTS;
const {
  TWIN,
  Reason,
  reference,
  valueOf,
  textOf,
  written,
  unit,
  csvLine,
  filled,
  now,
  address,
  typed
} = live;
const language = TWIN.language,
  /** @type {(value: unknown) => string} */
  literal = (value) => JSON.stringify(value);

const COMMA = say("mark.comma"),
  COLON = say("mark.colon");

/** @type {(name: string) => boolean} */
const isChoice = (name) => "table" in names[name];
/** @type {(name: string) => boolean} */
const isText = (name) => isChoice(name) || names[name].unit === "word";
/** @type {(name: string) => boolean} */
const isSetting = (name) => "low" in names[name];
/** @type {(name: string) => boolean} */
const isField = (name) => "of" in names[name];
/** @type {(name: string) => boolean} */
const isConstant = (name) => "value" in names[name];
/**
 * Whether the reader has given it instead of choosing a row.
 * @type {(name: string) => boolean}
 */
const isGiven = (name) => name in TWIN.given && now().gives(name);
/** @type {(name: string) => boolean} */
const isFormula = (name) => "code" in names[name];

// The numbers that the page shows, each once, in page order

/**
 * A reference in its parts: its terms, with pins as they are written, and the unit that it is shown in.
 * @type {(text: string) => { text: string, display: string, terms: WrittenTerm[] }}
 */
function parsed(text) {
  const [terms, display = ""] = text.split(":");
  return {
    text,
    display,
    terms: terms.split(" / ").map((term) => {
      /** @type {any} */
      const [, name, pins = ""] = /^(\w+)(?:\((.*)\))?$/.exec(term);
      return {
        name,
        pins: Object.fromEntries(
          pins
            .split(", ")
            .filter(Boolean)
            .map((/** @type {string} */ pin) => pin.split("="))
        )
      };
    })
  };
}

/**
 * A pin in words, as a scenario's field is told; its row may be one that only pins pick.
 * @type {(name: string, value: string) => string}
 */
function pinText(name, value) {
  const { label, phrase, table } = names[name];
  const text = isChoice(name)
    ? tables[table][value].name
    : isText(name)
      ? value
      : written(+value, unit(names[name].unit));
  return phrase ? filled(phrase, () => text) : isChoice(name) ? text : `${label} ${text}`;
}
/**
 * A term as the page names it: `Step (Batch 32)`.
 * @type {(term: WrittenTerm) => string}
 */
function labelled({ name, pins }) {
  // As a scenario is told: its fields in their order, then what else is given.
  const fields = Object.keys(names).filter((field) => isChoice(field) || isSetting(field));
  const set = [...new Set([...fields, ...Object.keys(pins)])]
    .filter((field) => field in pins && field !== name)
    .map((field) => pinText(field, pins[field]));
  return names[name].label + (set.length ? say("mark.brackets", { text: set.join(" · ") }) : "");
}

/** @type {() => PageNumber[]} */
function pageNumbers() {
  const wires = [
    ...document.querySelectorAll("[data-n]:not(.work *), [data-fixed]:not(.work *)")
  ].map(({ dataset }) => dataset.n || dataset.fixed);
  return [...new Set(wires)].map((wire) => {
    const asked = parsed(PARTS.written[wire] || wire),
      label = asked.terms.map(labelled).join(" ÷ ");
    const [value, base, text] = PARTS.fixed[wire] || computed(reference(wire));
    return {
      label,
      written: asked.text,
      display: asked.display,
      terms: asked.terms,
      value,
      base,
      text
    };
  });
}

/** @type {(asked: Reference) => [value: number | string | null, base: string, text: string]} */
function computed(asked) {
  const value = valueOf(asked, now()),
    { of } = asked;
  return [
    value instanceof Reason ? null : value,
    asked.terms[1] && of.countsOnly
      ? "1"
      : of.num === of.den
        ? of.text
        : of.over(unit("1"), "").text,
    textOf(asked, now())
  ];
}

/**
 * Adds what a name is computed from, and then the name.
 * @type {(name: string, found: Set<string>) => Set<string>}
 */
function rests(name, found) {
  if (found.has(name)) return found;
  const { of, needs = [] } = names[name];
  for (const part of of ? [of] : needs) rests(part, found);
  return found.add(name);
}

/**
 * The names behind all numbers, what others rest on first, and the fields among them that some number leaves open.
 * @type {(numbers: PageNumber[]) => { terms: WrittenTerm[], declared: string[], open: string[], formulas: string[] }}
 */
function behind(numbers) {
  const all = new Set(),
    open = new Set(),
    terms = numbers.flatMap((number) => number.terms);
  for (const { name, pins } of terms) {
    for (const part of rests(name, new Set())) {
      all.add(part);
      if ((isChoice(part) || isSetting(part)) && !(part in pins)) open.add(part);
    }
  }
  const declared = Object.keys(names).filter((name) => all.has(name));
  return {
    terms,
    declared,
    open: declared.filter((name) => open.has(name)),
    formulas: [...all].filter(isFormula)
  };
}

// The page and its address

const title = () =>
  [...document.querySelector("h1").childNodes]
    .filter((node) => /** @type {Element} */ (node).className !== "headerlink")
    .map((node) => node.textContent)
    .join("")
    .trim();

function slug() {
  const last = location.pathname
    .split("/")
    .filter((part) => part && part !== "index.html")
    .pop();
  return !last || last === "zh" ? "home" : last;
}

function today() {
  const date = new Date(),
    /** @type {(number: number) => string} */
    two = (number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

// The address of the page in this scenario, with the data version that it is computed from.
function link() {
  const [front, hash] = address().split("#");
  return (
    front + (front.includes("?") ? "&" : "?") + "data=" + TWIN.version + (hash ? "#" + hash : "")
  );
}

const citation = () =>
  say("export.citation", {
    site: PARTS.site,
    title: title(),
    version: TWIN.version,
    today: today(),
    link: link()
  });

// CSV

function csv() {
  const numbers = pageNumbers(),
    scenario = now();
  const head = [
    say("export.part"),
    say("export.label"),
    say("export.reference"),
    say("export.base_value"),
    say("export.base_unit"),
    say("export.text")
  ];
  const { open, declared } = behind(numbers);
  const fields = [...open, ...declared.filter(isGiven)].map((name) => [
    say("export.scenario"),
    names[name].label,
    name,
    scenario.setting(name),
    names[name].base || "word",
    scenario.text(name)
  ]);
  const rows = numbers.map(({ label, written, value, base, text }) => [
    say("export.number"),
    label,
    written,
    value ?? "",
    base,
    text
  ]);
  return "\ufeff" + [head, ...fields, ...rows].map((row) => csvLine(row) + "\r\n").join("");
}

// The Python file

/** @type {(...lines: string[]) => string[]} */
const rule = (...lines) => [
  "",
  "",
  "# " + "-".repeat(78),
  ...lines.map((line) => "# " + line),
  "# " + "-".repeat(78),
  ""
];
/** @type {(text: string) => string} */
const inDoc = (text) => text.replaceAll("\\", "\\\\").replaceAll('"""', '\\"\\"\\"');
/** @type {(of: string) => string} */
const inUnit = (of) => (["1", "word"].includes(of) ? "" : say("mark.brackets", { text: of }));

function python() {
  const numbers = pageNumbers(),
    { terms, declared, open, formulas } = behind(numbers);
  const choices = declared.filter(isChoice),
    fields = declared.filter(isField),
    constants = declared.filter(isConstant);
  return [
    ...heading(open),
    ...rule(say("export.change_scenario")).slice(1),
    ...open.map(assignment),
    ...(constants.length ? ["", say("export.by_definition"), ""] : []),
    ...constants.map(
      (name) =>
        `${name} = ${names[name].value}  # ${names[name].label}${inUnit(names[name].base)}${COLON}${names[name].why}`
    ),
    ...rule(say("export.catalogue"), say("export.plain_numbers")),
    "CATALOGUE = {",
    ...choices.flatMap((choice) => [
      `    ${literal(choice)}: {`,
      ...neededRows(choice, terms, open).flatMap((id) => catalogued(choice, id, fields)),
      "    },"
    ]),
    "}",
    ...rule(say("export.formulas")),
    PARTS.quantity,
    ...formulas.flatMap((name) => ["", "", names[name].code]),
    ...rule(say("export.engine")),
    PARTS.kernel,
    ...rule(say("export.numbers")),
    `LANGUAGE = ${literal(language)}`,
    "",
    say("export.units"),
    "UNITS = {",
    ...declared
      .filter((name) => isSetting(name) || isConstant(name))
      .map((name) => `    ${literal(name)}: ${literal(names[name].unit)},`),
    "}",
    "",
    say("export.rows"),
    "FIELDS = [",
    ...fields.map(fieldOf),
    "]",
    "",
    "NUMBERS = [",
    ...numbers.map((number) => `    (${literal(number.label)}, ${call(number)}),`),
    "]",
    "",
    "here = opened(globals(), UNITS, FIELDS, CATALOGUE)",
    "",
    'if __name__ == "__main__":',
    '    sys.stdout.reconfigure(encoding="utf-8")',
    "    for label, asked in NUMBERS:",
    '        print(f"{label} = {asked.text(here, LANGUAGE)}")',
    ""
  ]
    .join("\n")
    .replaceAll("’", "'"); // as code has them
}

/** @type {(open: string[]) => string[]} */
function heading(open) {
  const scenario = now().inWords(now().worthTelling(open));
  return [
    "# SPDX-License-Identifier: MIT",
    '"""' + inDoc(title()) + say("export.head"),
    "",
    ...[
      [say("export.site"), PARTS.site],
      [say("export.page"), link()],
      [say("bar.scenario"), scenario],
      [say("export.data"), say("export.version", { version: TWIN.version, today: today() })],
      [say("export.licence"), say("export.licences", { copyright: PARTS.copyright })]
    ]
      .filter(([, text]) => text)
      .map(([label, text]) => `${label.padEnd(language === "zh" ? 4 : 10)}${inDoc(text)}`),
    "",
    say("export.runs"),
    '"""',
    "",
    PARTS.imports
  ];
}

/** @type {(name: string) => string} */
function assignment(name) {
  const { label, unit, base, low, high, whole } = names[name],
    value = now().setting(name);
  if (isChoice(name)) return `${name} = ${literal(value)}  # ${label}${COLON}${now().text(name)}`;
  const share = unit === "%" ? say("export.share") : inUnit(base);
  const range =
    high === null ? say("export.from_low", { low }) : say("export.from_to", { low, high });
  return `${name} = ${value}  # ${label}${share}${COMMA}${whole ? say("export.whole") : ""}${range}`;
}

/**
 * The rows of a choice that the numbers need: the scenario's own, and those that are pinned.
 * @type {(choice: string, terms: WrittenTerm[], open: string[]) => string[]}
 */
function neededRows(choice, terms, open) {
  const pinned = terms.map(({ pins }) => pins[choice]).filter(Boolean);
  const pickers = Object.keys(names).filter((name) => names[name].picks === choice);
  const picked = terms
    .flatMap(({ name, pins }) =>
      pickers
        .filter((picker) => rests(name, new Set()).has(picker))
        .map((picker) => now().but(inBase(pins)).value(picker))
    )
    .filter((id) => typeof id === "string");
  return [
    ...new Set([...(open.includes(choice) ? [now().setting(choice)] : []), ...pinned, ...picked])
  ];
}

/** @type {(pins: Record<string, string>) => Given} */
const inBase = (pins) =>
  Object.fromEntries(
    Object.entries(pins).map(([name, value]) => [name, isText(name) ? value : +value])
  );

/**
 * A row, its cells below the sources that they were read in.
 * @type {(choice: string, id: string, fields: string[]) => string[]}
 */
function catalogued(choice, id, fields) {
  const { name, cells } = tables[names[choice].table][id],
    /** @type {Record<string, string[]>} */
    bySource = {};
  for (const field of fields) {
    const { of, key, label, unit } = names[field];
    const own = id === "own" && isGiven(field);
    if ((names[of].picks || of) !== choice || !(own || cells[key])) continue;
    const [text, source] = own
      ? [+typed(field, now().setting(field)), say("work.own")]
      : [cells[key][0], sources[cells[key][1]]];
    (bySource[source] ||= []).push(
      `            ${literal(field)}: ${literal(text)},  # ${label}${inUnit(unit)}`
    );
  }
  const lines = Object.entries(bySource).flatMap(([source, cells]) => [
    `            # ${source}`,
    ...cells
  ]);
  return [
    `        ${literal(id)}: {`,
    `            "name": ${literal(name)},`,
    ...lines,
    "        },"
  ];
}

/** @type {(name: string) => string} */
function fieldOf(name) {
  const { of, unit, label, each, start } = names[name];
  const more = [
    each && "each=" + literal(each),
    start !== undefined && "default=" + literal(start)
  ].filter(Boolean);
  return `    field_of(${[...[of, name, unit, label].map(literal), ...more].join(", ")}),`;
}

/**
 * A number as the file calls for it: `ratio(number("decode_step", batch=32), number("decode_step"))`.
 * @type {(number: PageNumber) => string}
 */
function call({ terms: [above, below], display }) {
  if (!below) return one(above, display);
  return `ratio(${one(above)}, ${one(below)}${display ? ", " + literal(display) : ""})`;
}

/** @type {(term: WrittenTerm, display?: string) => string} */
function one({ name, pins }, display = "") {
  const given = Object.entries(pins).map(
    ([field, value]) => `${field}=${isText(field) ? literal(value) : value}`
  );
  return `number(${[literal(name), ...(display ? [literal(display)] : []), ...given].join(", ")})`;
}

// Handing it over

/** @type {(file: string, text: string, type: string) => void} */
function save(file, text, type) {
  const anchor = document.createElement("a");
  anchor.href = URL.createObjectURL(new Blob([text], { type: type + ";charset=utf-8" }));
  anchor.download = file;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(anchor.href), 60000);
}

/**
 * Shows a line, selected, in a window of its own, and copies it where the browser allows.
 * @type {(text: string) => Promise<boolean>}
 */
function hand(text) {
  const dialog = document.createElement("dialog"),
    box = document.createElement("textarea"),
    state = document.createElement("p"),
    close = document.createElement("button");
  Object.assign(dialog, { className: "cite", ariaLabel: say("cite.title") });
  Object.assign(box, {
    value: text,
    readOnly: true,
    rows: 4,
    cols: 50,
    ariaLabel: dialog.ariaLabel
  });
  Object.assign(close, {
    type: "button",
    textContent: say("page.close"),
    onclick: () => dialog.close()
  });
  box.style.maxWidth = "100%";
  state.setAttribute("role", "status");
  dialog.addEventListener("close", () => dialog.remove());
  dialog.append(box, state, close);
  document.body.append(dialog);
  dialog.showModal();
  box.focus();
  box.select();
  box.scrollTop = dialog.scrollTop = 0; // where the selection begins, which browsers leave for its end
  return copied(text).then((done) => {
    state.textContent = done ? say("cite.copied") : say("cite.selected");
    return done;
  });
}

/** @type {(text: string) => Promise<boolean>} */
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return document.execCommand("copy");
  }
}

/**
 * Saves or hands over what is asked for: "csv", "python" or "citation".
 * @type {(kind: string) => unknown}
 */
function offer(kind) {
  if (kind === "csv") return save(`${slug()}-${language}.csv`, csv(), "text/csv");
  if (kind === "python") return save(`${slug()}.py`, python(), "text/x-python");
  return hand(citation());
}

Object.assign(live, { csv, python, citation, offer });
