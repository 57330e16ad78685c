// The page as the address asks for it, now that everything that follows is there.
Object.assign(live, { openPanel, openEntry, entryOf, plainClick, home, now, set, reset, follow, load, article, numbers, query, steps, element, understood, typed, notify, shown, bar, state, sheet, toggle, act, summarised, told });
function take({ changes, problems }) {
  notify(problems);
  set(changes);
}
const asked = fromAddress();
const drawn = document.querySelector("svg[data-chart]") && load("live-charts.js");
// The calculator tells a chart to plot something else.
if (document.querySelector("[data-controls]")) Promise.resolve(drawn).then(() => load("live-calculator.js"));
if (document.querySelector(".steps")) load("live-steps.js");
// A field that this page does not know may be one that another page has.
if (asked.unknown) load("live-fields.js").finally(() => take(fromAddress()));
else take(asked);
