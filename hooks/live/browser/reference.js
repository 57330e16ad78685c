// References as the build wires them into a page: `decode_step(batch=32) / decode_step:ms`, pins in base units; a term
// that nothing changes is a number with its unit, `5200000 B / kv_bytes`. hooks/formula/reference.py in the browser.

import { max, Reason } from "./formula.js";
import { unit, written } from "./number.js";
import { declaration, restsOn } from "./scenario.js";

/** @type {Record<string, Reference>} */
const references = Object.create(null);
/** @type {(text: string) => Reference} */
export function reference(text) {
  if (references[text]) return references[text];
  const [names, display = ""] = text.split(":");
  /** @type {any[]} */
  const terms = names.split(" / ").map((term) => {
    if (/^[-\d]/.test(term)) return { number: +term.split(" ")[0], of: unit(term.split(" ")[1]) };
    /** @type {any} */
    const [, name, pins = ""] = /^(\w+)(?:\((.*)\))?$/.exec(term);
    return {
      name,
      of: declaration(name).of,
      pins: Object.fromEntries(
        pins
          .split(", ")
          .filter(Boolean)
          .map((/** @type {string} */ pin) => pinned(pin.split("=")))
      )
    };
  });
  const of = terms.map((term) => term.of).reduce((above, below) => above.over(below));
  return (references[text] = { terms, display, of });
}

/** @type {(pin: string[]) => [name: string, value: number | string]} */
const pinned = ([name, text]) => {
  const { kind, of } = declaration(name);
  return [name, kind === "choices" || of.powers.word ? text : +text];
};

/**
 * The fields that a reference follows: what its names rest on and its pins leave open.
 * @type {(asked: Terms) => Set<string>}
 */
export const follows = ({ terms }) =>
  new Set(terms.flatMap(({ name, pins }) => (name ? [...restsOn(name, pins)] : [])));

/** @type {(asked: Terms, scenario: Scenario) => Value} */
export function valueOf({ terms }, scenario) {
  const [top, bottom] = terms.map(
    ({ name, pins, number }) =>
      () =>
        name ? scenario.but(pins).value(name) : number
  );
  const above = top();
  if (!bottom || typeof above !== "number") return above;
  const below = bottom();
  if (typeof below !== "number") return below;
  return below === 0 ? new Reason(say("reason.ratio_by_zero")) : above / below;
}

/** @type {(asked: Reference, scenario: Scenario) => string} */
export function textOf(asked, scenario) {
  const [{ name, pins }, bottom] = asked.terms;
  return bottom || !name
    ? written(valueOf(asked, scenario), asked.of, asked.display)
    : scenario.but(pins).text(name, asked.display);
}

/**
 * A text with references in braces: `{decode_step:ms}`; `{{` is a brace. hooks/pictures/live.py and hooks/page/fill.py write it.
 * @type {(text: string, shown: (asked: string) => string) => string}
 */
export const worded = (text, shown) =>
  text.replace(/\{\{|\{([^{}]+)\}/g, (found, asked) => (asked ? shown(asked) : "{"));

/**
 * A reason where a number stands in a sentence: `does not fit`. A missing value's begins with a name, which may hold a colon.
 * @type {(reason: Reason) => string}
 */
export const inShort = ({ text, missing }) => (missing ? text : text.split(/[:：]/)[0]);

/** @type {Record<string, (a: any, b: any) => boolean>} */
const OPERATORS = {
  "<=": (a, b) => a <= b,
  ">=": (a, b) => a >= b,
  "<": (a, b) => a < b,
  ">": (a, b) => a > b,
  "==": (a, b) => Math.abs(a - b) <= 0.0005 * max(Math.abs(a), Math.abs(b))
};

/**
 * A claim as it stands in the page, `kv_bytes < 80 GB`: whether it holds, and what its two sides come to.
 * @type {(claim: string, scenario: Scenario) => Verdict}
 */
export function verdict(claim, scenario) {
  const [left, operator, right] = claim.split(/\s(<=|>=|==|<|>)\s/),
    sides = [left, right].map((text) => side(text, scenario));
  const reason = sides.map(({ value }) => value).find((value) => value instanceof Reason);
  return {
    holds: !reason && OPERATORS[operator](sides[0].value, sides[1].value),
    reason,
    operator,
    sides
  };
}

/**
 * A side is a reference; a mere number is one too.
 * @type {(text: string, scenario: Scenario) => Side}
 */
function side(text, scenario) {
  const asked = reference(text);
  return { value: valueOf(asked, scenario), text: textOf(asked, scenario), asked };
}
