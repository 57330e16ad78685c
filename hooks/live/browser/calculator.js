// The calculator: the controls in the page, and a second scenario held beside the reader's own.
const {
  TWIN,
  Scenario,
  reference,
  valueOf,
  textOf,
  digits,
  suitable,
  uses,
  declaration,
  home,
  now,
  set,
  follow,
  load,
  numbers,
  element,
  understood,
  typed,
  shown,
  sheet,
  toggle,
  act,
  summarised
} = live;

// No essay stands here to go back to.
document.querySelector(".scenario-back").textContent = say("bar.back_to_page");

const place = document.querySelector("[data-controls]");
load("live-sheet.js").then(() => {
  place.replaceChildren(sheet);
  sheet.hidden = false;
  // The bar's button leads to the controls, which stand in the page.
  toggle.ariaExpanded = null;
  toggle.onclick = () => sheet.querySelector("select").focus();
});

// The answer: a sentence whose numbers cannot be gives way to the reason, which is told once.
const sentences = [...document.querySelectorAll(".answer > p")].map((said) => {
  const instead = element("p", { hidden: true });
  said.after(instead);
  return { said, instead, own: numbers.filter(({ button }) => said.contains(button)) };
});
follow((scenario) => {
  const told = new Set();
  for (const { said, instead, own } of sentences) {
    const why =
      scenario !== home &&
      own
        .map(({ asked, reason }) => live.limits?.withheld(asked, scenario) || reason)
        .find(Boolean);
    said.hidden = !!why;
    instead.hidden = !why || told.has(why.text);
    if (!why) continue;
    told.add(why.text);
    instead.textContent = why.text[0].toUpperCase() + why.text.slice(1) + say("mark.end");
  }
});

// The held scenario stands in the address as `held=batch:32,model:deepseek-v3`.

/** @type {Scenario | null} */
let held = null;

/** @type {(asked: URLSearchParams) => void} */
const rewrite = (asked) =>
  history.replaceState(
    history.state,
    "",
    location.pathname + (asked.size ? `?${asked}` : "") + location.hash
  );

/** @type {(given: Given | null) => void} */
function hold(given) {
  held = given && new Scenario({ ...home.given, ...given });
  const asked = new URLSearchParams(location.search);
  if (given) {
    // What is as the page has it goes without saying, but for one field that says that something is held.
    const told = Object.keys(given).filter((name) => given[name] !== home.setting(name));
    asked.set(
      "held",
      (told.length ? told : ["batch"])
        .map((name) => `${name}:${typed(name, given[name] ?? home.setting(name))}`)
        .join()
    );
  } else asked.delete("held");
  rewrite(asked);
  compare();
}

/**
 * Everything that the reader may set, as it is now.
 * @type {(scenario: Scenario) => Given}
 */
const settings = (scenario) =>
  Object.fromEntries(
    shown.map((name) => [name, scenario.setting(name)]).filter(([, value]) => value !== undefined)
  );

function swap() {
  const before = settings(/** @type {Scenario} */ (held));
  hold(settings(now()));
  set(before);
}

const said = element("span", {});
const keep = act(say("calculator.hold"), () => hold(settings(now())));
const trade = act(say("calculator.swap"), swap);
const drop = act(say("calculator.let_go"), () => hold(null));
const controls = element("p", { className: "scenario-acts compare" }, keep, trade, drop, said);
document.querySelector(".compared").prepend(controls);

const lines = [...document.querySelectorAll(".compared tbody tr")].map((line) => {
  const button = line.children[1].querySelector("[data-n]"),
    cells = [element("td"), element("td")];
  return { line, asked: reference(button.dataset.n), cells };
});
const heads = [...document.querySelectorAll(".compared thead tr")].map((line) => ({
  line,
  // Beside what to expect, a held column says that it is the floor's.
  cells: [
    line.children.length > 2 ? say("calculator.held_floor") : say("calculator.held"),
    say("calculator.ratio")
  ].map((text) => element("th", { scope: "col" }, text))
}));

function compare() {
  for (const { line, cells } of [...heads, ...lines])
    for (const cell of cells) held ? line.append(cell) : cell.remove();
  trade.hidden = drop.hidden = said.hidden = !held;
  if (!held) return;
  said.textContent = say("calculator.held_scenario", { scenario: summarised(held) });
  for (const {
    asked,
    cells: [there, ratio]
  } of lines) {
    const mine = valueOf(asked, now()),
      its = valueOf(asked, held);
    there.textContent = textOf(asked, held);
    ratio.textContent =
      typeof mine === "number" && typeof its === "number" && its !== 0
        ? digits(mine / its)
        : mine === its
          ? "="
          : "—";
  }
}

follow(compare);

// Why a layout cannot be is told once, with its cure; whatever else has no number for the same reason is left blank.
const verdict = numbers.find(({ button }) => button.dataset.n === "layout_verdict");
follow(() => {
  const why = verdict?.reason;
  if (why)
    for (const { button, reason } of numbers)
      if (reason && reason.text === why.text)
        button.textContent = button === verdict.button ? why.text : "—";
});
// So is why a machine beside the reader's cannot do it.
follow(() => {
  for (const row of document.querySelectorAll("[data-sort] tbody tr")) {
    const found = numbers.filter(({ button, reason }) => reason && row.contains(button));
    for (const { button } of found.slice(1)) button.textContent = "—";
  }
});
const asked = new URLSearchParams(location.search).get("held");
const parts = (asked || "")
  .split(",")
  .map((part) => part.split(":"))
  .filter(([name]) => shown.includes(name))
  .map(([name, text]) => [name, understood(name, text).value]);
if (parts.length) hold(Object.fromEntries(parts.filter(([, value]) => value !== undefined)));
else compare();

// Two quantities over one field: the figures' own charts, told to plot others.

const charts = [...document.querySelectorAll(".sweep svg[data-chart]")];
const plotted = [
  ...new Map(
    lines
      .filter(({ asked }) => typeof home.value(asked.terms[0].name) === "number")
      .map(({ line, asked }) => [
        asked.terms[0].name,
        /** @type {Element} */ (line.firstElementChild).textContent
      ])
  )
];
/**
 * What to expect beside a quantity: the name of the number in the next column of its row.
 * @type {Record<string, string>}
 */
const beside = Object.fromEntries(
  lines.flatMap(({ line, asked }) => {
    const number = line.children[2]?.querySelector("[data-n]");
    return number ? [[asked.terms[0].name, reference(number.dataset.n).terms[0].name]] : [];
  })
);
const fields = shown.filter((name) => name in TWIN.settings);
const replot = () => live.draw().then(plot);
/**
 * @type {(id: string, label: string, options: string[][], value: string) => [HTMLSelectElement, HTMLElement]}
 */
const picker = (id, label, options, value) => {
  const select = element(
    "select",
    { id, onchange: replot },
    ...options.map(([key, text]) =>
      element("option", { value: key, selected: key === value }, text)
    )
  );
  return [select, element("label", { htmlFor: id }, label)];
};
// The first quantity and the field always stand in the address, the second one where it is another than at first.
const START = ["token_cost", "batch", "user_speed"],
  wanted = new URLSearchParams(location.search).get("plot"),
  [first, across, second] = START.map((name, k) => wanted?.split(",")[k] || name);
const [quantity, quantityLabel] = picker(
  "plot-quantity",
  say("calculator.quantity"),
  plotted,
  first
);
const [another, anotherLabel] = picker("plot-another", say("calculator.and"), plotted, second);
const [field, fieldLabel] = picker(
  "plot-field",
  say("calculator.over"),
  fields.map((name) => [name, declaration(name).label]),
  across
);
document
  .querySelector(".sweep")
  .prepend(
    element(
      "p",
      { className: "scenario-acts compare" },
      quantityLabel,
      quantity,
      anotherLabel,
      another,
      fieldLabel,
      field
    )
  );

/**
 * So many of a list, from its first to its last.
 * @type {<T>(list: T[], count: number) => T[]}
 */
const some = (list, count) =>
  Array.from({ length: count }, (_, k) => list[Math.round((k * (list.length - 1)) / (count - 1))]);

/**
 * A quantity as another scenario has it, but for the field that is swept; nothing where they are alike.
 * @type {(name: string, scenario: Scenario, over: string) => string | number}
 */
function elsewhere(name, scenario, over) {
  const pins = shown.filter(
    (pin) =>
      pin !== over &&
      uses(name, pin) &&
      ![undefined, now().setting(pin)].includes(scenario.setting(pin))
  );
  return pins.length
    ? `${name}(${pins.map((pin) => `${pin}=${scenario.setting(pin)}`).join(", ")})`
    : NaN;
}

/**
 * Where a field's axis ends in earnest: a value of it, and what happens there.
 * @type {Record<string, string[]>}
 */
const ENDS = {
  batch: ["max_batch", say("calculator.memory_full")],
  context: ["longest_context", say("calculator.longest")],
  chips: ["chips_needed", say("calculator.fits_from")]
};

/** @type {(name: string, over: string) => any[][]} */
const marksOf = (name, over) => {
  const [end, word] = ENDS[over] || [],
    other = elsewhere(name, held || home, over);
  return [
    ["line", other ? (held ? say("calculator.held") : say("calculator.page")) : "", other],
    ["line", say("calculator.here"), name],
    ["line", beside[name] ? say("calculator.expect") : "", beside[name] || NaN],
    ["limit", word || "", end && declaration(end) ? end : NaN]
  ];
};

/**
 * A unit alone, as it stands behind a number: `Scale.unit` of hooks/pictures/labels.py.
 * @type {(of: Unit, display: string) => string}
 */
const unitAlone = (of, display) =>
  live.written(2 * live.unit(display).factor, of, display).replace(/\d[\d.,]*\u202f?/, "");

let drawn = "";
function plot() {
  drawn = traced();
  const over = field.value,
    { of, label, whole } = declaration(over),
    log = of.text === "%" ? "y" : "xy";
  const stops = live
      .steps(over)
      .map((step) => step / of.factor)
      .filter((step) => step > 0),
    /** @type {[number, number]} */
    span = [stops[0], stops.at(-1)];
  const between = stops.flatMap((stop, k) =>
    k + 1 < stops.length
      ? [0, 1, 2, 3].map((part) => stop + (part / 4) * (stops[k + 1] - stop))
      : [stop]
  );
  const all = whole ? between.map(Math.round) : [],
    grid = [...new Set(whole && over !== "batch" ? all : [...between, ...all])].sort(
      (a, b) => a - b
    ),
    at = live.axis(span, log === "xy");
  [quantity.value, another.value].forEach((name, k) => {
    const shows = declaration(name),
      value = now().value(name),
      display =
        shows.of.countsOnly || typeof value !== "number" ? "" : suitable(value, shows.of).text,
      behind = display && unitAlone(shows.of, display);
    /** @type {Function} */ (live.charts.get(charts[k]))({
      title: shows.label + (behind && say("mark.brackets", { text: behind })),
      axis: label + (of.countsOnly ? "" : ` (${of.text})`),
      of: shows.of.text,
      unit: display,
      shown: behind,
      marks: marksOf(name, over),
      over,
      across: of.text,
      span,
      log,
      decades: 4,
      grid,
      table: some(stops, 11),
      ticks: some(stops, 4).map((stop) => [live.spoken(stop), at(stop)])
    });
  });
  const asked = new URLSearchParams(location.search),
    chosen = [quantity, field, another].map((select) => select.value);
  if (chosen.join() === START.join()) asked.delete("plot");
  else asked.set("plot", chosen.slice(0, chosen[2] === START[2] ? 2 : 3).join());
  rewrite(asked);
}

// The other scenario's line and the limits follow what the reader changes.
const traced = () =>
  [quantity, another].map(({ value }) => JSON.stringify(marksOf(value, field.value))).join();
follow(() => {
  if (drawn && drawn !== traced()) plot();
});

if (wanted) replot();
else live.charted.then(plot);
