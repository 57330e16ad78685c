// The scenario bar: what the page is computed for, and the way back. Its controls (sheet.js) load when it is opened.

import { element } from "./panels.js";
import { expect, fields, follow, home, load, reset } from "./page.js";
import { isField } from "./address.js";

/** @type {string[]} */
export const shown = fields.filter(isField);

/**
 * @type {(label: Node | string, onclick: ((event: MouseEvent) => void) | null, className?: string) => HTMLButtonElement}
 */
export const act = (label, onclick, className = "") =>
  element("button", { type: "button", className, onclick }, label);

const summary = element("span", { className: "scenario-summary" });
// How many claims fail, and the way to the next one: limits.js says so.
export const state = act("", null, "scenario-state");
state.hidden = true;
const back = act(
  say("bar.back"),
  () => {
    reset();
    toggle.focus();
  },
  "scenario-back"
);
back.hidden = true;
const notice = element("p", { className: "scenario-notice", role: "status" });
export const sheet = element("div", {
  className: "scenario-sheet",
  id: "scenario-sheet",
  hidden: true
});
export const toggle = act(
  element("b", {}, say("bar.scenario")),
  () =>
    sheet.childElementCount ? open(sheet.hidden) : load("live-sheet.js").then(() => open(true)),
  "scenario-toggle"
);
toggle.append(summary);
toggle.setAttribute("aria-controls", sheet.id);
export const bar = element(
  "section",
  { className: "scenario", ariaLabel: say("bar.yours") },
  element("div", { className: "scenario-line" }, toggle, state, back),
  notice,
  sheet
);

/** @type {(yes: any) => void} */
function open(yes) {
  sheet.hidden = !yes;
  toggle.ariaExpanded = yes;
}

bar.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || sheet.hidden) return;
  open(false);
  toggle.focus();
});

/** @type {(problems: string[]) => void} */
export function notify(problems) {
  notice.textContent = problems.length
    ? say("bar.not_taken", { problems: problems.join(say("mark.semicolon")) })
    : "";
}

/**
 * A scenario in a line. What is as usual is what the page has, also of fields that its numbers do not follow.
 * @type {(scenario: Scenario) => string}
 */
export function summarised(scenario) {
  /** @type {(name: string) => any} */
  const usual = (name) => home.setting(name),
    told = shown.filter((name) => fields.includes(name) || scenario.setting(name) !== usual(name));
  return scenario.inWords(scenario.worthTelling(told, usual));
}

/**
 * What to expect beside the floor: of the page's own scenario the build says it, of others expected.js.
 * @type {{ expected?: (scenario: Scenario) => string | undefined }}
 */
export const told = {};

follow((scenario) => {
  if (expect && scenario !== home) load("live-expected.js");
  summary.textContent = [
    summarised(scenario),
    scenario === home ? expect : told.expected?.(scenario)
  ]
    .filter(Boolean)
    .join("\n");
  back.hidden = scenario === home;
});

document.body.append(bar);
open(false);
