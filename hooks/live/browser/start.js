// The page as the address asks for it, now that everything that follows is there.

import { chain, element, entryOf, openEntry, openPanel, plainClick } from "./panels.js";
import { live } from "./api.js";
import { article, follow, home, later, load, now, numbers, reset, set } from "./page.js";
import { fromAddress, query, typed, understood } from "./address.js";
import { act, bar, notify, sheet, shown, state, summarised, toggle, told } from "./bar.js";

Object.assign(live, {
  chain,
  openPanel,
  openEntry,
  entryOf,
  plainClick,
  home,
  now,
  set,
  reset,
  follow,
  load,
  article,
  numbers,
  query,
  element,
  understood,
  typed,
  notify,
  shown,
  bar,
  state,
  sheet,
  toggle,
  act,
  summarised,
  told
});
/** @type {(asked: Asked) => void} */
function take({ changes, problems }) {
  notify(problems);
  set(changes);
}
const asked = fromAddress();
// A page with many formulas has those that stand far down in a second script: nothing is computed before it has come.
/** @type {(go: () => unknown) => unknown} */
const ready = (go) => (later ? load(later).then(go) : go());
// Charts are as the build drew them until the scenario changes or a reader comes near one, who may drag its point or move its handles.
const near = new IntersectionObserver(
  (seen) => seen.some(({ isIntersecting }) => isIntersecting) && draw(),
  { rootMargin: "50%" }
);
/** @type {(value: unknown) => void} */
let drawn;
/** @type {Promise<unknown>} */
const charted = new Promise((resolve) => {
  drawn = resolve;
});
function draw() {
  near.disconnect();
  load("live-charts.js").then(drawn);
  return charted;
}
Object.assign(live, { charted, draw });
const figures = [...document.querySelectorAll("svg[data-chart]")].map((svg) =>
  svg.closest("figure")
);
for (const figure of figures)
  if (figure.querySelector("svg:is([data-chart*='\"over\"'], [data-chart*='\"lanes\"'])"))
    near.observe(figure);
if (figures.length) follow((scenario) => scenario === home || draw());
if (document.querySelector("[data-controls]")) ready(() => load("live-calculator.js"));
if (document.querySelector(".steps")) load("live-steps.js");
if (document.querySelector("[data-sort]")) load("live-sort.js");
if (document.querySelector(".block")) load("live-block.js");
// A field that this page does not know may be one that another page has.
ready(() =>
  asked.unknown ? load("live-fields.js").finally(() => take(fromAddress())) : take(asked)
);
