// The page follows the reader's scenario: its numbers. What is said of pictures, what cannot be, and claims are in limits.js.

import { Reason } from "./formula.js";
import { element } from "./panels.js";
import { Scenario } from "./scenario.js";
import { inShort, reference, textOf, valueOf } from "./reference.js";

export const article = document.querySelector("[data-live]");
/** @type {Followed} */
export const { given, fields, expect = "", later } = JSON.parse(article.dataset.live);
export const home = new Scenario(given);
const source = /** @type {HTMLScriptElement} */ (document.currentScript).src;
/**
 * What the reader has set, in base units, whether this page depends on it or not.
 * @type {Given}
 */
export const chosen = {};
/** @type {Follower[]} */
const followers = [];
let current = home;

export const now = () => current;
/** @type {(follower: Follower) => unknown} */
export const follow = (follower) => followers.push(follower);
/**
 * Takes changes into the scenario. What is as the page has it is no change.
 * @type {(changes: Given) => void}
 */
export function set(changes) {
  Object.assign(chosen, changes);
  for (const name in chosen) if (chosen[name] === home.setting(name)) delete chosen[name];
  for (const name in TWIN.given) {
    const { choice } = TWIN.given[name];
    if ((chosen[choice] ?? home.setting(choice)) !== "own") delete chosen[name];
  }
  const names = Object.keys(chosen);
  current = names.length ? new Scenario({ ...home.given, ...chosen }, home, names) : home;
  for (const follower of followers) follower(current, home);
}

export const reset = () =>
  set(Object.fromEntries(Object.keys(chosen).map((name) => [name, home.setting(name)])));

/** @type {Record<string, Promise<unknown>>} */
const loads = {};
/**
 * Another script of this site, once; it stands next to this one, and is of its version unless it has one of its own.
 * @type {(file: string) => Promise<unknown>}
 */
export function load(file) {
  return (loads[file] ||= new Promise((resolve, reject) =>
    document.head.append(
      element("script", {
        src: new URL(file, source) + (file.includes("?") ? "" : new URL(source).search),
        onload: resolve,
        onerror: reject
      })
    )
  ));
}

// Numbers

/** @type {Shown[]} */
export const numbers = [...document.querySelectorAll("[data-n]")].map((button) => ({
  button,
  essay: button.textContent,
  impossible: button.classList.contains("na"),
  spoken: button.ariaLabel,
  inTable: !!button.closest("td")
}));

/**
 * At the page's own scenario nothing is computed, nor any reference read: a page starts in a few milliseconds.
 * @type {(number: Shown, scenario: Scenario) => void}
 */
function showNumber(number, scenario) {
  const { button, essay, impossible, spoken, inTable } = number,
    away = scenario !== home,
    /** @type {any} */
    asked = (number.asked = away && reference(button.dataset.n));
  const value = away && valueOf(asked, scenario),
    /** @type {any} */
    whole = away && textOf(asked, scenario),
    none = value instanceof Reason;
  number.reason = none && value;
  const text = !away ? essay : !none ? whole : value.missing && inTable ? "—" : inShort(value),
    changed = text !== essay;
  if (button.textContent !== text) button.textContent = text;
  button.classList.toggle("na", away ? none : impossible);
  button.classList.toggle("changed", changed);
  button.ariaLabel = !away ? spoken : none ? whole : null;
  if (changed) button.dataset.was = essay;
  else delete button.dataset.was;
}

follow((scenario) => {
  for (const number of numbers) showNumber(number, scenario);
});
