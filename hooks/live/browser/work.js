// The work in the reader's scenario: what hooks/page/derivations.py writes, filled from the same formulas and citations.
// WORK holds them (hooks/live/panels.py); the main script calls for this file at the first change.
const {
  TWIN,
  unit,
  declaration,
  isSet,
  restsOn,
  uses,
  reference,
  textOf,
  filled,
  over,
  same,
  min,
  max,
  floor,
  ceil,
  power,
  root,
  home,
  now,
  set,
  follow,
  chain,
  openPanel,
  openEntry,
  entryOf,
  plainClick
} = live;

/** @type {(text: string) => string} */
const escaped = (text) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
const GIVEN = say("work.given");

/** @type {(name: string) => string} */
const label = (name) => WORK.names[name]?.label || declaration(name).label;

/**
 * Names in the order in which a scenario is told: its fields, then what else is given.
 * @type {(names: string[]) => string[]}
 */
const inOrder = (names) => [
  ...WORK.fields.filter((field) => names.includes(field)),
  ...names.filter((name) => !isSet(name)).sort()
];

/**
 * The case of a formula that applies, as a template, and the names that it rests on: all of them where there is no number.
 * @type {(work: Work, scenario: Scenario) => [template: string, names: string]}
 */
function applying({ names, math, pick, cases }, scenario) {
  if (!pick) return [names && math, names];
  try {
    return cases[pick(scenario.values)] || ["", names];
  } catch {
    return ["", names];
  }
}

/**
 * Where an input comes from: a document with its day, the scenario, or a definition.
 * @type {(name: string, scenario: Scenario) => string}
 */
function origin(name, scenario) {
  if (scenario.gives(name)) return TWIN.given[name] ? say("work.own") : GIVEN;
  const { kind, row, key } = declaration(name),
    why = WORK.names[name]?.why || "";
  if (kind === "constants") return why;
  if (kind === "choices") {
    const limit = WORK.limits[declaration(name).table][scenario.setting(name)];
    return say("work.chosen") + (limit ? ` · ${limit}` : "");
  }
  if (kind === "settings") return say("work.set") + (why && ` · ${why}`);
  // Where a formula has a reason to pick no row, that is all there is to say.
  if (typeof scenario.value(row) !== "string") return escaped(scenario.text(row));
  const { id, name: title, cells } = scenario.row(row),
    chosen = escaped(title),
    text = escaped(scenario.text(name));
  if (!cells[key])
    return text
      ? say("work.unlisted", { row: chosen, text })
      : say("work.nothing_listed", { row: chosen });
  const [usual, others = {}] = WORK.sources[declaration(declaration(row).picks || row).table][id];
  return chosen + say("mark.colon") + WORK.cites[others[key] ?? usual];
}

/**
 * What is given, instead of being looked up or computed, that a name rests on.
 * @type {(name: string, scenario: Scenario) => string[]}
 */
const givenTo = (name, scenario) =>
  Object.keys(scenario.given)
    .filter((other) => scenario.gives(other) && uses(name, other))
    .sort();

/**
 * A row of what a number was computed from. `open` gives the id of the panel of a computed one.
 * @type {(name: string, scenario: Scenario, open: Opening, title?: string) => string}
 */
function input(name, scenario, open, title = label(name)) {
  const said = escaped(title),
    value = `<b>${escaped(scenario.text(name))}</b>`;
  if (scenario.gives(name) || declaration(name).kind !== "quantities")
    return `<li>${said} ${value} <small>${origin(name, scenario)}</small></li>`;
  return `<li><button type="button" popovertarget="${open(name)}">${said}</button> ${value}</li>`;
}

/** @type {(name: string, scenario: Scenario, open: Opening) => string} */
function step(name, scenario, open) {
  const { why, at, after, math, names } = WORK.names[name] || {};
  if (declaration(name).kind !== "quantities") return `<p>${why || origin(name, scenario)}</p>`;
  const [template, used] = applying(WORK.names[name], scenario);
  const told = scenario.worthTelling(inOrder([...restsOn(name)]));
  const given = givenTo(name, scenario);
  const published = after ? say("work.after", { source: after }) : "";
  const rows = used
    .split(" ")
    .filter(Boolean)
    .map((part) => input(part, scenario, open))
    .join("");
  return (
    `<p>${why}</p>` +
    (told.length
      ? `<p class="work-scenario">${told.map((field) => `<span data-field="${field}">${escaped(scenario.phrase(field))}</span>`).join(" · ")}</p>`
      : "") +
    (given.length
      ? `<p class="work-scenario">${GIVEN[0].toUpperCase() + GIVEN.slice(1)}${say("mark.colon")}${escaped(scenario.inWords(given))}</p>`
      : "") +
    `<div class="work-math"><p class="formula"><span>${escaped(label(name))}</span> ${filled(math, (part) => escaped(label(part)))}</p>` +
    (template &&
      `<p class="formula">${filled(template, (part) => escaped(scenario.text(part)))}</p>`) +
    `<p class="work-result">= ${escaped(scenario.text(name))}</p></div>` +
    (rows && `<ul>${rows}</ul>`) +
    `<p class="work-foot"><a href="${WORK.code + at}"><code>${name}</code></a>${published}</p>`
  );
}

/**
 * A term that nothing changes is a mere number here; the entry of the page's companion says what it is.
 * @type {(row: HTMLElement) => PanelSide}
 */
function fixed(row) {
  return {
    title: /** @type {any} */ (row.firstChild).textContent.trim(),
    text: row.querySelector("b").textContent,
    row: row.outerHTML
  };
}

/** @type {(term: Pick<Term, "name" | "pins">, scenario: Scenario, open: Opening) => PanelSide} */
function term({ name, pins }, scenario, open) {
  const own = scenario.but(pins),
    set = own.inWords(
      inOrder(Object.keys(pins)).filter((pin) =>
        isSet(pin) ? restsOn(name).has(pin) : uses(name, pin)
      )
    );
  const title = label(name) + (set && ` (${set})`);
  return { title, text: own.text(name), row: input(name, own, (part) => open(part, pins), title) };
}

/**
 * @type {(asked: Terms, scenario: Scenario, open: Opening, essay: HTMLElement) => [title: string, body: string]}
 */
function ratio({ terms }, scenario, open, essay) {
  const sides = terms.map((side, at) =>
    side.name ? term(side, scenario, open) : fixed(essay.querySelectorAll("li")[at])
  );
  const [above, below] = sides;
  /** @type {(part: "title" | "text") => string} */
  const fraction = (part) =>
    `<span>=&nbsp;<span class="over"><span>${escaped(above[part])}</span> <span><i>÷&nbsp;</i>${escaped(below[part])}</span></span></span>`;
  const body = `<div class="work-math"><p class="formula">${fraction("title")} ${fraction("text")}</p></div><ul>${above.row}${below.row}</ul>`;
  return [`${above.title} ÷ ${below.title}`, body];
}

/**
 * What a panel's title says of a reference: its value, in the unit that suits it best where it is no ratio.
 * @type {(asked: Reference, scenario: Scenario) => string}
 */
function result(asked, scenario) {
  const [{ name, pins }, bottom] = asked.terms;
  return bottom ? textOf(asked, scenario) : scenario.but(pins).text(name);
}

/**
 * A panel's HTML. `essay` is the number's entry on the page's companion.
 * @type {(asked: Reference, scenario: Scenario, id: string, open: Opening, essay: any) => string}
 */
function panel(asked, scenario, id, open, essay) {
  const [{ name, pins }, bottom] = asked.terms;
  const [title, body] = bottom
    ? ratio(asked, scenario, open, essay)
    : [label(name), step(name, scenario.but(pins), (part) => open(part, pins))];
  return (
    `<div class="work" id="${id}" role="group" aria-label="${escaped(title)}">` +
    `<p class="work-title">${escaped(title)} <strong>${escaped(result(asked, scenario))}</strong></p>${body}</div>`
  );
}

/** @type {(name: string, scenario: Scenario) => unknown[]} */
const inputsOf = (name, scenario) => [
  ...[...restsOn(name)].map((field) => scenario.setting(field)),
  ...givenTo(name, scenario).map((given) => `${given}=${scenario.given[given]}`)
];

/**
 * Equal keys are equal panels: a name with every field that it depends on, and what is given to it.
 * @type {(asked: Terms, scenario: Scenario) => string}
 */
const key = ({ terms }, scenario) =>
  terms
    .map(({ name, pins, number }) =>
      name ? [name, ...inputsOf(name, scenario.but(pins))] : number
    )
    .join("/");
/** @type {(name: string, pins?: Given) => any} */
const part = (name, pins) => ({ terms: [{ name, pins }] });

// The panels that the reader's scenario has so far, by key. An element is made when its number is opened.

const box = Object.assign(document.createElement("section"), { className: "panels" });
document.querySelector("article").after(box);
/** @type {Map<string, any>} */
let panels = new Map(),
  count = 0;

/**
 * The id of a reference's panel.
 * @type {(asked: Reference, essay?: HTMLElement | null) => string}
 */
function wanted(asked, essay) {
  const name = key(asked, now());
  if (!panels.has(name)) panels.set(name, { id: `reader-${++count}`, asked, essay });
  return panels.get(name).id;
}

/** @type {(id: string) => HTMLElement} */
function make(id) {
  const found = [...panels.values()].find((panel) => panel.id === id);
  if (!found || document.getElementById(id)) return document.getElementById(id);
  const { asked, essay } = found;
  box.insertAdjacentHTML(
    "beforeend",
    panel(asked, now(), id, (name, pins) => wanted(part(name, pins)), essay)
  );
  /** @type {any} */
  const made = box.lastChild;
  if (key(asked, now()) !== key(asked, home))
    made.insertAdjacentHTML(
      "beforeend",
      `<p class="work-foot work-essay">${document.querySelector(".essay-question") ? say("work.in_essay") : say("work.on_page")}${escaped(result(asked, home))}</p>`
    );
  return made;
}

/**
 * Opens a number, or an input of one: what the reader's scenario leaves as it is, its entry on the companion tells.
 * @type {(opener: any) => Promise<HTMLElement | void>}
 */
async function press(opener) {
  if (opener.matches("button"))
    return openPanel(make(opener.getAttribute("popovertarget")), opener);
  const asked = opener.dataset.n && reference(opener.dataset.n);
  if (!asked || key(asked, now()) === key(asked, home)) return openEntry(opener);
  const essay = asked.terms.some((/** @type {Term} */ { name }) => !name)
    ? await entryOf(opener)
    : null;
  return openPanel(make(wanted(asked, essay)), opener);
}

window.addEventListener(
  "click",
  (/** @type {On} */ event) => {
    const opener = event.target.closest?.("a.n[data-n], .work li button");
    if (!opener || !plainClick(event)) return;
    event.preventDefault();
    press(opener);
  },
  true
);

/**
 * When the scenario changes, every panel is of the old one. What is open is opened again, so that a reader can watch it change.
 * @type {(scenario: Scenario) => Promise<void>}
 */
async function renew(scenario) {
  const open = chain().map((panel) => ({
    panel,
    opener: panel.opener,
    label: panel.opener?.textContent,
    scroll: panel.scrollTop
  }));
  open[0]?.panel.hidePopover();
  panels = new Map();
  box.replaceChildren();
  /** @type {any} */
  let outer = null;
  for (const { opener, label, scroll } of open) {
    const next = outer
      ? [...outer.querySelectorAll("li :is(a, button)")].find(
          ({ textContent }) => textContent === label
        )
      : opener;
    if (!next || scenario !== now()) break;
    outer = await press(next);
    if (!outer) break;
    outer.scrollTop = scroll;
  }
}

// Constants, whose values formulas hold, and labels and units that the page's own script left out: a reason may have wanted one.
Object.assign(TWIN.constants, WORK.constants);
for (const name in WORK.names) {
  const { label, unit: text } = WORK.names[name],
    mine = declaration(name);
  if (label && mine) Object.assign(mine, { label, of: unit(text) });
}

/** @type {(id: string) => string | undefined} */
const named = (id) => [...panels.values()].find((panel) => panel.id === id)?.asked.terms[0].name;
live.work = { panel, key, part, named };
follow(renew);
set({});
