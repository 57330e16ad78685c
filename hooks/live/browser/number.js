// Units, and numbers as a reader sees them: hooks/formula/units.py and format.py in the browser.

import { Reason } from "./formula.js";

export const own = Object.hasOwn;

// `say` is gone when the build has chosen a language: see hooks/live/spoken.py.
const zh = TWIN.language === "zh";
const NARROW = "\u202f";

/** @type {Record<string, [num: number, den: number]>} */
const PREFIXES = {
  n: [1, 1e9],
  µ: [1, 1e6],
  m: [1, 1e3],
  k: [1e3, 1],
  M: [1e6, 1],
  G: [1e9, 1],
  T: [1e12, 1],
  P: [1e15, 1],
  E: [1e18, 1],
  p: [1, 1e12],
  Ki: [2 ** 10, 1],
  Mi: [2 ** 20, 1],
  Gi: [2 ** 30, 1],
  Ti: [2 ** 40, 1]
};
const COUNTS = [
  "token",
  "seq",
  "layer",
  "head",
  "expert",
  "chip",
  "value",
  "block",
  "request",
  "step"
];
/** @type {Record<string, [num: number, den: number, powers: Powers]>} */
const NAMED = {
  1: [1, 1, {}],
  word: [1, 1, { word: 1 }],
  "%": [1, 100, {}],
  bit: [1, 8, { B: 1 }],
  W: [1, 1, { J: 1, s: -1 }],
  min: [60, 1, { s: 1 }],
  h: [3600, 1, { s: 1 }],
  day: [86400, 1, { s: 1 }],
  param: [1, 1, { value: 2 }],
  thousand: [1e3, 1, {}],
  million: [1e6, 1, {}],
  billion: [1e9, 1, {}],
  trillion: [1e12, 1, {}]
};
for (const base of ["B", "s", "FLOP", "J", "USD", ...COUNTS]) NAMED[base] = [1, 1, { [base]: 1 }];

// A unit is a factor num / den and whole powers of base units.
export class Unit {
  /**
   * @param {number} num
   * @param {number} den
   * @param {Powers} powers
   * @param {string} text
   */
  constructor(num, den, powers, text = "") {
    this.num = num;
    this.den = den;
    this.powers = powers;
    this.countsOnly = num === den && Object.keys(powers).every((base) => COUNTS.includes(base));
    this.text = text || spelled(powers);
  }
  get factor() {
    return this.num / this.den;
  }
  /** @type {(other: Unit, text?: string) => Unit} */
  over(other, text) {
    return combined(this, other, -1, text);
  }
  /** @type {(value: number) => number} */
  shown(value) {
    return this.num >= this.den ? value / this.factor : value * (this.den / this.num);
  }
}

/** @type {(a: Unit, b: Unit, sign: number, text?: string) => Unit} */
function combined(a, b, sign, text) {
  const powers = { ...a.powers };
  for (const base in b.powers) {
    powers[base] = (powers[base] || 0) + sign * b.powers[base];
    if (!powers[base]) delete powers[base];
  }
  return sign > 0
    ? new Unit(a.num * b.num, a.den * b.den, powers, text)
    : new Unit(a.num * b.den, a.den * b.num, powers, text);
}

/** @type {(powers: Powers) => string} */
function spelled(powers) {
  const names = Object.keys(powers).sort();
  /** @type {(sign: number) => string[]} */
  const some = (sign) =>
    names.flatMap((base) => Array(Math.max(0, sign * powers[base])).fill(base));
  return [some(1).join("·") || "1", ...some(-1)].join("/");
}

/**
 * Units that take a prefix, and which.
 * @type {Record<string, string>}
 */
const PREFIXED = {
  B: "k M G T P E Ki Mi Gi Ti",
  s: "p n µ m",
  FLOP: "k M G T P E",
  bit: "k M G T P E",
  token: "k M G T",
  USD: "k M G",
  J: "",
  W: ""
};

/** @type {(name: string) => Unit | undefined} */
function named(name) {
  if (own(NAMED, name)) return new Unit(...NAMED[name]);
  name = name.replace("μ", "µ");
  for (const size of [2, 1]) {
    const prefix = name.slice(0, size),
      base = name.slice(size);
    if (
      !own(PREFIXES, prefix) ||
      !own(PREFIXED, base) ||
      (PREFIXED[base] && !PREFIXED[base].split(" ").includes(prefix))
    )
      continue;
    const [num, den] = PREFIXES[prefix],
      [above, below, powers] = NAMED[base];
    return new Unit(num * above, den * below, powers);
  }
}

/** @type {Record<string, any>} */
const units = {};
/**
 * Nothing where a name in the text is nobody's, which only a reader's text may hold.
 * @type {(text: string) => Unit}
 */
export function unit(text) {
  if (own(units, text)) return units[text];
  /** @type {any} */
  let result = new Unit(1, 1, {});
  text.split("/").forEach((part, position) =>
    part.split(/[·*]/).forEach((name) => {
      const found = named(name.trim());
      result = result && found && combined(result, found, position ? -1 : 1);
    })
  );
  return (units[text] = result && new Unit(result.num, result.den, result.powers, text));
}

/**
 * Whether a unit can show a value in another: of the same kind, or silent on what is counted below the line. hooks/formula/dimensions.py in the browser.
 * @type {(wanted: Unit, of: Unit) => boolean}
 */
export function shows(wanted, of) {
  /** @type {(of: Unit) => boolean} */
  const plain = ({ powers }) => !Object.keys(powers).length;
  if (plain(wanted) && of.countsOnly) return true;
  return (
    (!plain(wanted) || plain(of)) &&
    Object.keys({ ...wanted.powers, ...of.powers }).every((base) => {
      const have = of.powers[base] || 0,
        more = (wanted.powers[base] || 0) - have;
      return !more || (COUNTS.includes(base) && more > 0 && more <= -have);
    })
  );
}

const { words: WORDS, nouns: NOUNS } = TWIN;
const CLASSIFIED = ["seq", "request", "expert", "chip"];
const UNSAID = ["seq", "chip", "layer", "request"];

/** @type {(text: string) => string} */
const grouped = (text) => text.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
/** @type {(value: number) => number} */
const sized = (value) => +Math.abs(value).toExponential(2);

/**
 * The size, or the whole number that it is but for what adding and multiplying floats has left: 5 for 4.999999999999999.
 * @type {(size: number) => number}
 */
function settled(size) {
  const near = Math.floor(size + 0.5);
  return near && Math.abs(size - near) <= 2 ** -44 * near ? near : size;
}

/** @type {(value: number, significant?: number) => string} */
export function digits(value, significant = 3) {
  if (!Number.isFinite(value)) return "n/a";
  const sign = value < 0 ? "−" : "",
    size = settled(Math.abs(value));
  if (Number.isInteger(size) && size < 1e7) return sign + grouped(String(size));
  const [mantissa, power] = size.toExponential(significant - 1).split("e"),
    exponent = +power;
  if (exponent >= 15 || exponent < -4)
    return `${sign}${mantissa}×10${[...String(exponent)].map((c) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(c)]).join("")}`;
  return sign + fixed(mantissa.replace(".", ""), exponent);
}

/**
 * Digits with the first one at ten to the exponent: as many as there are, and zeros to fill.
 * @type {(ciphers: string, exponent: number) => string}
 */
function fixed(ciphers, exponent) {
  if (exponent < 0) return "0." + "0".repeat(-exponent - 1) + ciphers;
  const before = ciphers.slice(0, exponent + 1).padEnd(exponent + 1, "0"),
    behind = ciphers.slice(exponent + 1);
  return grouped(before) + (behind && "." + behind);
}

/** @type {(value: Value, of: Unit, display?: string) => string} */
export function written(value, of, display = "") {
  if (value instanceof Reason) return value.text;
  if (typeof value === "string") return value;
  if (!Number.isFinite(value)) return digits(value);
  display ||= wordFor(value, of);
  if (WORDS[display]) {
    const [scale, word] = WORDS[display];
    return digits(value / scale) + word;
  }
  if (!display && of.countsOnly) return digits(value);
  const chosen = display ? unit(display) : suitable(value, of);
  return withUnit(chosen.shown(value), chosen);
}

/** @type {(value: number, of: Unit) => string} */
function wordFor(value, of) {
  if (!of.countsOnly || Math.abs(value) < 1e7) return "";
  const size = sized(value);
  return size >= 1e12 ? "trillion" : size >= 1e9 ? "billion" : "million";
}

const COUNTED = [...COUNTS, "param"];

/** @type {(value: number, of: Unit) => Unit} */
export function suitable(value, of) {
  let [above, ...below] = of.text.split("/"),
    unsaid = UNSAID;
  const measured = above.includes("·")
    ? above.split("·").filter((part) => !COUNTED.includes(part))
    : [];
  if (measured.length) [above, unsaid] = [measured.join("·"), COUNTED]; // FLOP·seq/value/token/token says no more than FLOP
  const text = [above, ...below.filter((part) => !unsaid.includes(part))].join("/");
  if (text === "USD/token") return unit("USD/Mtoken");
  if (of.num !== of.den || !["B", "s", "FLOP", "J", "W"].includes(above) || value === 0)
    return unit(text);
  const size = sized(value);
  let best = "";
  for (const prefix of above === "s" ? ["n", "µ", "m"] : ["k", "M", "G", "T", "P", "E"]) {
    const factor = PREFIXES[prefix][0] / PREFIXES[prefix][1];
    if ((factor < 1 && size < 1 && !(best && size < factor)) || (factor > 1 && size >= factor))
      best = prefix;
  }
  return unit(best + text);
}

/** @type {(value: number, shown: Unit) => string} */
function withUnit(value, shown) {
  const number = digits(value),
    text = shown.text;
  if (text === "1" || text === "word") return number;
  if (text === "%") return number + "%";
  /** @type {any} */
  let [above, ...below] = text.split("/");
  if (zh && below[0] === "s" && (above === "USD" || CLASSIFIED.includes(above))) below[0] = "秒";
  below = belowWords(below);
  if (above === "USD") return (value < 0 ? "−" : "") + "$" + money(Math.abs(value)) + below;
  const bare = text.split("/").slice(1).join("/");
  if (NOUNS[above]) above = NOUNS[above][number === "1" ? 0 : 1];
  else if (above.endsWith("FLOP") && (bare === "" || bare === "token") && number !== "1")
    above += "s";
  return number + NARROW + above + below;
}

/** @type {(value: number) => string} */
function money(value) {
  if (value >= 1e15) return digits(value);
  if (+value.toFixed(2) >= 1000) return grouped(value.toFixed(0));
  return value > 0.995 ? grouped(value.toFixed(2)) : digits(value, 2);
}

/** @type {(parts: string[]) => string} */
const belowWords = (parts) => parts.map((part) => "/" + belowWord(part)).join("");

/** @type {(part: string) => string} */
function belowWord(part) {
  if (part === "Mtoken") return say("number.million_tokens");
  const noun = NOUNS[part]?.[0];
  return !noun ? part : noun.length > 1 && "个块条".includes(noun[0]) ? noun.slice(1) : noun;
}

export const PRINTED =
  /^([-+]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d*\.?\d+)(?:[eE][-+]?\d+)?)\s*(.*)$/;

// A line of a CSV file, with straight apostrophes. A text that a spreadsheet would read as a formula begins with one: hooks/formula/csv.py.
const FORMULA = /^[=+\-@\t\r]/;
/** @type {(cell: unknown) => string} */
const csvCell = (cell) => {
  const straight = String(cell ?? "").replaceAll("’", "'"),
    text = typeof cell === "string" && FORMULA.test(cell) ? `'${straight}` : straight;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
/** @type {(cells: unknown[]) => string} */
export const csvLine = (cells) => cells.map(csvCell).join();

/**
 * A source's own figure, digit for digit; empty where it has no unit of its own.
 * @type {(text: string) => string}
 */
export function asPrinted(text) {
  const match = PRINTED.exec(text);
  if (!match || !match[2] || WORDS[match[2]] || /e/i.test(match[1])) return "";
  const plain = match[1].replaceAll(",", ""),
    one = +plain === 1;
  const [whole, decimals = ""] = plain.split("."),
    sign = plain.startsWith("-") ? "−" : "";
  const front = grouped(String(+whole.replace(/^[-+]/, "")));
  const template = withUnit(one ? 1 : 2, unit(match[2]));
  if (match[2].startsWith("USD"))
    return `${sign}$${front}.${decimals.padEnd(2, "0")}${belowWords(match[2].split("/").slice(1))}`;
  return template.replace(one ? "1" : "2", () => sign + front + (decimals && "." + decimals));
}
