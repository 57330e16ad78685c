// The address carries the scenario: only what differs, from page to page and through the language switch.

import { own, PRINTED, shows, unit, written } from "./number.js";
import { declaration, isSet, rowsOf } from "./scenario.js";
import { chosen, follow, home } from "./page.js";

/** @type {(name: string) => boolean} */
export const isField = (name) => isSet(name) || own(TWIN.given, name);

/** @type {(text: string) => string} */
const cut = (text) => (text.length > 24 ? text.slice(0, 24) + "…" : text);

/**
 * A field's value as somebody wrote it: in base units, or a sentence on what is wrong with it and what would be right.
 * hooks/formula/reference.py reads front matter, pins and the command line by the same grammar.
 * @type {(name: string, text: string) => Understood}
 */
export function understood(name, text) {
  const { kind, table, of, low = 0, high = Number.MAX_VALUE, whole, label } = declaration(name),
    quoted = cut(text);
  if (kind === "choices")
    return rowsOf(table).has((text = text.normalize()))
      ? { value: text }
      : {
          problem: say("address.no_row", { label, quoted })
        };
  const match = PRINTED.exec(text.trim()),
    given = match?.[2] ? unit(match[2]) : of;
  const value =
    match && given && shows(given, of) && !(match[2] === "%" && Object.keys(of.powers).length)
      ? +match[1].replaceAll(",", "") * given.factor
      : NaN;
  const right = typed(name, home.setting(name) ?? of.factor) + (of.countsOnly ? "" : ` ${of.text}`);
  return !Number.isFinite(value)
    ? {
        problem: say("address.no_number", { label, example: right, quoted })
      }
    : value < low
      ? {
          problem: say("address.at_least", { label, low: written(low, of) })
        }
      : value > high
        ? {
            problem: say("address.at_most", { label, high: written(high, of) })
          }
        : whole && value % 1
          ? { problem: say("address.whole", { label }) }
          : { value };
}

/**
 * A field's value as it is typed: in the unit that the field declares.
 * @type {(name: string, value: number | string) => string}
 */
export const typed = (name, value) =>
  typeof value === "string"
    ? value
    : String(+(value / declaration(name).of.factor).toPrecision(12));

export function query() {
  const asked = new URLSearchParams(location.search);
  for (const name of [...asked.keys()]) if (isField(name)) asked.delete(name);
  for (const name in chosen) asked.set(name, typed(name, chosen[name]));
  const text = String(asked);
  return text && "?" + text;
}

/**
 * Browsers let an address change only so often, and a point may be dragged through hundreds of scenarios.
 * @type {number | undefined}
 */
let writing;
const write = () => {
  clearTimeout(writing);
  writing = setTimeout(
    () => history.replaceState(history.state, "", location.pathname + query() + location.hash),
    150
  );
};
follow(write);
// A step back within the page, as out of a panel, keeps the reader's scenario.
addEventListener("popstate", write);

document.addEventListener(
  "click",
  (/** @type {On} */ event) => {
    const link = event.target.closest?.("a[href]");
    if (
      !link ||
      link.protocol !== location.protocol ||
      link.host !== location.host ||
      (link.search && !link.matches(".n")) ||
      link.hasAttribute("download") ||
      link.pathname === location.pathname
    )
      return;
    if (link.search || Object.keys(chosen).length) link.search = query();
  },
  true
);

// What else stands in addresses: search words, campaigns, what the calculator holds and plots.
const STRANGERS = /^(h|q|ref|held|plot|utm_.*|.*clid)$/;

/**
 * What the address asks for, and a sentence for everything in it that cannot be.
 * @type {() => Asked}
 */
export function fromAddress() {
  const asked = new URLSearchParams(location.search),
    /** @type {Given} */
    changes = {},
    /** @type {string[]} */
    problems = [];
  let unknown = false;
  for (const name of new Set(asked.keys())) {
    const [text, ...more] = asked.getAll(name);
    if (name === "data") {
      if (text !== TWIN.version)
        problems.push(say("address.version", { cited: text, version: TWIN.version }));
    } else if (isField(name)) {
      /** @type {any} */
      const { value, problem } = more.length
        ? {
            problem: say("address.repeated", {
              label: declaration(name).label,
              count: more.length + 1
            })
          }
        : understood(name, text);
      if (problem) problems.push(problem);
      else changes[name] = value;
    } else if (!STRANGERS.test(name)) {
      unknown = true;
      problems.push(say("address.no_field", { name: cut(name) }));
    }
  }
  return { changes, problems, unknown };
}
