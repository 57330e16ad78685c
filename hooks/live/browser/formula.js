// What formulas are made of, as Python does it: hooks/formula/quantity.py in the browser.

// Why there is no number. It travels: arithmetic asks for its value, and it throws itself.
export class Reason {
  /**
   * @param {string} text
   * @param {boolean} missing whether a source only does not list it
   */
  constructor(text, missing = false) {
    this.text = text;
    this.missing = missing;
  }
  /** @type {() => never} */
  valueOf() {
    throw this;
  }
}

/** @type {(text: string) => Reason} */
export const no = (text) => new Reason(text);
export const TOO_LARGE = {},
  BY_ZERO = {};

/** @type {(a: Value, b: Value) => number} */
export function over(a, b) {
  a = +a;
  b = +b;
  if (b === 0) throw BY_ZERO;
  return a / b;
}

/** @type {(a: Value, b: Value) => boolean} */
export const same = (a, b) => a.valueOf() === b.valueOf();
/** @type {(first: number, ...others: number[]) => number} */
export const min = (first, ...others) =>
  others.reduce((least, x) => (x < least ? x : least), first);
/** @type {(first: number, ...others: number[]) => number} */
export const max = (first, ...others) => others.reduce((most, x) => (x > most ? x : most), first);

/** @type {(round: (x: number) => number, x: number) => number} */
function whole(round, x) {
  x = +x;
  if (!Number.isFinite(x)) throw TOO_LARGE;
  // No -0: Python's whole numbers have none.
  return round(x) + 0;
}
/** @type {(x: number) => number} */
export const floor = (x) => whole(Math.floor, x);
/** @type {(x: number) => number} */
export const ceil = (x) => whole(Math.ceil, x);

/** @type {(x: number) => any} */
export const root = (x) => (x >= 0 ? Math.sqrt(x) : no(say("formula.root")));
/** @type {(base: number, count: number) => any} */
export function power(base, count) {
  if (!(count >= 0 && count == floor(count))) return no(say("formula.power"));
  let result = 1,
    factor = +base;
  for (let left = count; left; left = Math.floor(left / 2)) {
    if (left % 2) result *= factor;
    factor *= factor;
  }
  return result;
}
