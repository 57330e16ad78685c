// What formulas are made of, as Python does it: hooks/formula/quantity.py in the browser.

// Why there is no number. It travels: arithmetic asks for its value, and it throws itself.
class Reason {
  constructor(text, missing = false) {
    this.text = text;
    this.missing = missing;
  }
  valueOf() { throw this; }
}

const no = (text) => new Reason(text);
const TOO_LARGE = {}, BY_ZERO = {};

function over(a, b) {
  a = +a;
  b = +b;
  if (b === 0) throw BY_ZERO;
  return a / b;
}

const same = (a, b) => a.valueOf() === b.valueOf();
const min = (first, ...others) => others.reduce((least, x) => x < least ? x : least, first);
const max = (first, ...others) => others.reduce((most, x) => x > most ? x : most, first);

function whole(round, x) {
  x = +x;
  if (!Number.isFinite(x)) throw TOO_LARGE;
  // No -0: Python's whole numbers have none.
  return round(x) + 0;
}
const floor = (x) => whole(Math.floor, x);
const ceil = (x) => whole(Math.ceil, x);

const root = (x) => x >= 0 ? Math.sqrt(x) : no(say("a number below zero has no square root", "负数没有平方根"));

function power(base, count) {
  if (!(count >= 0 && count == floor(count))) return no(say("a power needs a whole number of factors", "乘方的次数必须是非负整数"));
  let result = 1, factor = +base;
  for (let left = count; left; left = Math.floor(left / 2)) {
    if (left % 2) result *= factor;
    factor *= factor;
  }
  return result;
}
