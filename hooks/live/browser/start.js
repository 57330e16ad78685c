// The page as the address asks for it, now that everything that follows is there.

import { entryOf, openEntry, openPanel, plainClick } from "./panels.js";
import { live } from "./api.js";
import { article, element, follow, home, load, now, numbers, reset, set } from "./page.js";
import { fromAddress, query, typed, understood } from "./address.js";
import { act, bar, notify, sheet, shown, state, steps, summarised, toggle, told } from "./bar.js";

Object.assign(live, {
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
  steps,
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
// Charts are as the build drew them until the scenario changes or a reader comes near one, who may drag its point.
const near = new IntersectionObserver(
  (seen) => seen.some(({ isIntersecting }) => isIntersecting) && draw(),
  { rootMargin: "50%" }
);
const draw = () => (near.disconnect(), load("live-charts.js"));
const figures = [...document.querySelectorAll("svg[data-chart]")].map((svg) =>
  svg.closest("figure")
);
for (const figure of figures) near.observe(figure);
if (figures.length) follow((scenario) => scenario === home || draw());
// The calculator tells a chart to plot something else.
if (document.querySelector("[data-controls]")) draw().then(() => load("live-calculator.js"));
if (document.querySelector(".steps")) load("live-steps.js");
// A field that this page does not know may be one that another page has.
if (asked.unknown) load("live-fields.js").finally(() => take(fromAddress()));
else take(asked);
