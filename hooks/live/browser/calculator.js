// The calculator: the controls in the page, and a second scenario held beside the reader's own.
const {
  TWIN,
  Scenario,
  reference,
  valueOf,
  textOf,
  digits,
  suitable,
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
  steps,
  shown,
  sheet,
  toggle,
  act,
  summarised
} = live;

const place = document.querySelector("[data-controls]");
if (matchMedia("(min-width: 60em)").matches)
  load("live-sheet.js").then(() => {
    place.append(sheet);
    sheet.hidden = false;
    // The bar's button leads to the controls, which stand in the page.
    toggle.ariaExpanded = null;
    toggle.onclick = () => sheet.querySelector("select").focus();
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
  if (given)
    asked.set(
      "held",
      Object.keys(given)
        .map((name) => `${name}:${typed(name, given[name])}`)
        .join()
    );
  else asked.delete("held");
  rewrite(asked);
  compare();
}

/**
 * Everything that the reader may set, as it is now.
 * @type {(scenario: Scenario) => Given}
 */
const settings = (scenario) =>
  Object.fromEntries(shown.map((name) => [name, scenario.setting(name)]));

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
  cells: [say("calculator.held"), say("calculator.ratio")].map((text) =>
    element("th", { scope: "col" }, text)
  )
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
const asked = new URLSearchParams(location.search).get("held");
const parts = (asked || "")
  .split(",")
  .map((part) => part.split(":"))
  .filter(([name]) => shown.includes(name))
  .map(([name, text]) => [name, understood(name, text).value]);
if (parts.length) hold(Object.fromEntries(parts.filter(([, value]) => value !== undefined)));
else compare();

// One quantity over one field: the figure's own chart, told to plot another.

const svg = document.querySelector("svg[data-chart]"),
  figure = svg.closest("figure");
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
const fields = shown.filter((name) => name in TWIN.settings);
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
const replot = () => live.draw().then(plot);
const wanted = new URLSearchParams(location.search).get("plot");
const [wantedName = "throughput", wantedField = "batch"] = wanted?.split(",") || [];
const [quantity, quantityLabel] = picker(
  "plot-quantity",
  say("calculator.quantity"),
  plotted,
  wantedName
);
const [field, fieldLabel] = picker(
  "plot-field",
  say("calculator.over"),
  fields.map((name) => [name, declaration(name).label]),
  wantedField
);
figure.before(
  element("p", { className: "scenario-acts compare" }, quantityLabel, quantity, fieldLabel, field)
);

/**
 * So many of a list, from its first to its last.
 * @type {<T>(list: T[], count: number) => T[]}
 */
const some = (list, count) =>
  Array.from({ length: count }, (_, k) => list[Math.round((k * (list.length - 1)) / (count - 1))]);

function plot() {
  const name = quantity.value,
    over = field.value,
    { of, label } = declaration(name),
    across = declaration(over),
    log = across.of.text === "%" ? "y" : "xy";
  const stops = steps(over)
      .map((step) => step / across.of.factor)
      .filter((step) => step > 0),
    /** @type {[number, number]} */
    span = [stops[0], stops.at(-1)];
  const between = stops.flatMap((stop, k) =>
    k + 1 < stops.length
      ? [0, 1, 2, 3].map((part) => stop + (part / 4) * (stops[k + 1] - stop))
      : [stop]
  );
  const grid = across.whole ? [...new Set(between.map(Math.round))] : between;
  const value = now().value(name),
    display = of.countsOnly || typeof value !== "number" ? "" : suitable(value, of).text,
    place = live.axis(span, log === "xy");
  /** @type {Function} */ (live.charts.get(svg))({
    title: label + (display && say("mark.brackets", { text: display })),
    axis: across.label + (across.of.countsOnly ? "" : ` (${across.of.text})`),
    of: of.text,
    unit: display,
    shown: display,
    marks: [["line", "", name]],
    over,
    across: across.of.text,
    span,
    log,
    decades: 4,
    grid,
    table: some(stops, 11),
    ticks: some(stops, 4).map((stop) => [digits(stop), place(stop)])
  });
  const asked = new URLSearchParams(location.search);
  if (name + over === "throughputbatch") asked.delete("plot");
  else asked.set("plot", `${name},${over}`);
  rewrite(asked);
}

if (wanted) replot();
else live.charted.then(plot);
