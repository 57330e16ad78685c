// Values: what a quantity comes to in a scenario, or the reason why there is no number. hooks/formula/evaluate.py in the browser.

import { BY_ZERO, Reason, TOO_LARGE } from "./formula.js";
import { asPrinted, own, PRINTED, unit, written } from "./number.js";

/** @type {Kind[]} */
const KINDS = ["quantities", "fields", "settings", "choices", "constants"];
/** @type {(name: string) => Kind} */
const kindOf = (name) => /** @type {any} */ (KINDS.find((kind) => own(TWIN[kind], name)));

/** @type {Record<string, Declaration>} */
const declared = Object.create(null);
/**
 * A name's declaration with its kind and its unit read; nothing where the page has no such name.
 * @type {(name: string) => Declaration}
 */
export function declaration(name) {
  const kind = kindOf(name);
  return (
    kind &&
    (declared[name] ||= {
      kind,
      name,
      key: name,
      ...TWIN[kind][name],
      of: unit(TWIN[kind][name].unit || "1")
    })
  );
}

/** @type {Record<string, Set<string>>} */
const resting = Object.create(null);
/**
 * The scenario fields that a name depends on, directly or through others; a formula's parameters stand in its own text.
 * What is pinned or given depends on none.
 * @type {(name: string, pins?: Given) => Set<string>}
 */
export function restsOn(name, pins = {}) {
  return (resting[[name, ...Object.keys(pins)].join()] ||= new Set(
    own(pins, name)
      ? []
      : isSet(name)
        ? [name]
        : partsOf(name).flatMap((part) => [...restsOn(part, pins)])
  ));
}

/**
 * What a name is computed from, or the choice of the row that supplies it.
 * @type {(name: string) => string[]}
 */
function partsOf(name) {
  const { kind, formula, row } = declaration(name);
  return kind === "quantities"
    ? [...new Set(String(formula).match(/\$\.\w+/g))].map((part) => part.slice(2))
    : kind === "fields"
      ? [row]
      : [];
}

/**
 * Whether a scenario sets a name; any other one may be given, instead of being looked up or computed.
 * @type {(name: string) => boolean}
 */
export const isSet = (name) => own(TWIN.settings, name) || own(TWIN.choices, name);

/** @type {Record<string, boolean>} */
const using = Object.create(null);
/**
 * Whether a name is another one, or is computed from it, directly or through others.
 * @type {(name: string, other: string) => boolean}
 */
export function uses(name, other) {
  if (name === other) return true;
  const key = `${name} ${other}`;
  return (using[key] ??= partsOf(name).some((part) => uses(part, other)));
}

/** @type {(label: string) => string} */
export function lower(label) {
  const start = label.slice(0, 2);
  return start === start.toUpperCase() && start !== start.toLowerCase()
    ? label
    : label.slice(0, 1).toLowerCase() + label.slice(1);
}

/** @type {(name: string) => any} */
const declaredStart = (name) => declaration(name).start;

// The values of a scenario by name: what formulas see as `$`.
class Values {
  /** @param {Scenario} scenario */
  constructor(scenario) {
    this.scenario = scenario;
  }
}

export class Scenario {
  /**
   * `given` holds what differs from the declared defaults, in base units; it may also name what else would be looked
   * up or computed. A sibling shares what its pins leave alone.
   * @param {Given} given
   * @param {Scenario | null} sibling
   * @param {string[]} changed
   */
  constructor(given = {}, sibling = null, changed = []) {
    this.given = given;
    this.sibling = sibling;
    this.changed = changed;
    this.values = new Values(this);
    /** @type {Map<string, any>} */
    this.kept = new Map();
    /** @type {Map<string, any>} */
    this.siblings = new Map();
  }

  /** @type {(name: string) => any} */
  setting(name) {
    return own(this.given, name) ? this.given[name] : declaration(name).start;
  }

  /** @type {(pins: Given) => Scenario} */
  but(pins) {
    const changed = Object.keys(pins)
      .filter((name) => (isSet(name) ? this.setting(name) : this.given[name]) !== pins[name])
      .sort();
    if (!changed.length) return this;
    const key = changed.map((name) => `${name}=${pins[name]}`).join();
    if (!this.siblings.has(key)) {
      const given = { ...this.given, ...pins };
      // Another choice takes the place of the reader's own number.
      for (const name in TWIN.given)
        if (changed.includes(TWIN.given[name].choice) && !own(pins, name)) delete given[name];
      this.siblings.set(key, new Scenario(given, changed.every(isSet) ? this : null, changed));
    }
    return this.siblings.get(key);
  }

  /**
   * Whether a value is given that else would be looked up or computed.
   * @type {(name: string) => boolean}
   */
  gives(name) {
    return own(this.given, name) && !isSet(name);
  }

  /**
   * The row of the catalogue that a choice picks, or a quantity that picks: its title and its cells by key, as their sources print them.
   * @type {(choice: string) => Row}
   */
  row(choice) {
    const { picks } = declaration(choice);
    return row(
      declaration(picks || choice).table,
      picks ? this.value(choice).valueOf() : this.setting(choice)
    );
  }

  /** @type {(name: string) => Value} */
  value(name) {
    if (!this.kept.has(name))
      this.kept.set(
        name,
        this.sibling && !this.changed.some((field) => restsOn(name).has(field))
          ? this.sibling.value(name)
          : this.compute(name)
      );
    return this.kept.get(name);
  }

  /** @type {(name: string) => Value} */
  compute(name) {
    if (this.gives(name)) return this.given[name];
    const { kind, formula, label = name, row, key, value, of, start } = declaration(name);
    if (kind === "constants") return value;
    if (kind === "settings" || kind === "choices") return this.setting(name);
    if (kind === "fields") {
      const picked = this.value(row);
      if (picked instanceof Reason) return picked;
      const cell = this.row(row).cells[key];
      if (cell !== undefined) return read(cell, of);
      if (start !== undefined) return start;
      return new Reason(say("reason.missing", { row: this.row(row).name, label }), true);
    }
    let result;
    try {
      result = formula(this.values);
    } catch (thrown) {
      if (thrown instanceof Reason) return thrown;
      if (thrown === BY_ZERO) return new Reason(say("reason.by_zero", { label }));
      if (thrown !== TOO_LARGE) throw thrown;
      result = Infinity;
    }
    if (result instanceof Reason)
      return new Reason(filled(result.text, (part, display) => this.text(part, display)));
    if (typeof result === "string" || Number.isFinite(result)) return result;
    return new Reason(say("reason.too_large", { label }));
  }

  /**
   * A name's value as a reader sees it.
   * @type {(name: string, display?: string) => string}
   */
  text(name, display = "") {
    const { kind, words, of, row, key, picks } = declaration(name),
      value = this.value(name);
    if (kind === "choices" || (picks && typeof value === "string")) return this.row(name).name;
    if (typeof value === "string" && kind === "quantities") return words?.[value] || value;
    const cell =
      kind === "fields" &&
      !this.gives(name) &&
      !display &&
      !(value instanceof Reason) &&
      this.row(row).cells[key];
    return (cell && asPrinted(cell)) || written(value, of, display);
  }

  // A scenario in words: hooks/formula/phrases.py in the browser.

  /**
   * Of fields on which something rests those that are worth telling: what is always told or not `usual`, unless it means nothing here.
   * @type {(names: string[], usual?: (name: string) => any) => string[]}
   */
  worthTelling(names, usual = declaredStart) {
    return names.filter((name) => {
      const { always, where } = declaration(name);
      return (
        (always || this.setting(name) !== usual(name)) &&
        (!where ||
          !declaration(where) ||
          ![...restsOn(where)].every((field) => names.includes(field)) ||
          this.value(where))
      );
    });
  }

  /**
   * A field, or a value that is given, in words: `weights in FP8`, `Batch 32`, `H100 SXM`.
   * @type {(name: string) => string}
   */
  phrase(name) {
    const { kind, label, phrase } = declaration(name),
      text = this.text(name);
    return phrase ? filled(phrase, () => text) : kind === "choices" ? text : `${label} ${text}`;
  }

  /** @type {(names: string[]) => string} */
  inWords(names) {
    return names.map((name) => this.phrase(name)).join(" · ");
  }
}

/**
 * Takes up declarations: the page's, and those that come with a later script.
 * @type {(declarations: Partial<Declarations>) => void}
 */
export function learn(declarations) {
  for (const kind of KINDS)
    for (const name in declarations[kind]) {
      if (!own(TWIN[kind], name)) TWIN[kind][name] = declarations[kind][name];
      Object.defineProperty(Values.prototype, name, {
        configurable: true,
        get() {
          return this.scenario.value(name);
        }
      });
    }
  // A table that comes later has every column; what was read of the first one is forgotten.
  for (const table in declarations.tables) {
    TWIN.tables[table] = declarations.tables[table];
    delete tables[table];
  }
}

const NAME = /\{([a-z_][a-z0-9_]*)(?::([^{}]+))?\}/g;
/** @type {(text: string, value: (name: string, display: string) => string) => string} */
export const filled = (text, value) =>
  text.replace(NAME, (_, name, display) => value(name, display || ""));

/** @type {Record<string, Map<string, any>>} */
const tables = {};
/**
 * The rows of a table by id, in the catalogue's order.
 * @type {(table: string) => Map<string, Row>}
 */
export function rowsOf(table) {
  return (tables[table] ||= new Map(
    TWIN.tables[table].rows.map(([id, name, family, ...cells]) => [
      id,
      { id, name, family, told: cells }
    ])
  ));
}

// Every page can take what a reader gives, with its unit, be it among the page's inputs or not.
Object.assign(TWIN.fields, TWIN.given);
learn(TWIN);
// What this page alone needs of the catalogue.
if (TWIN.more) learn(TWIN.more);

/** @type {(table: string, id: string) => Row} */
export function row(table, id) {
  /** @type {any} */
  const found = rowsOf(table).get(id);
  if (!found.cells) {
    found.cells = {};
    TWIN.tables[table].keys.forEach((head, at) => {
      // A cell without a unit is in the one that its column's head says.
      const [key, usual] = head.split(" "),
        cell = found.told[at];
      if (cell) found.cells[key] = usual && !cell.includes(" ") ? `${cell} ${usual}` : cell;
    });
  }
  return found;
}

/**
 * A value as its source prints it, in base units. A bare number takes the unit that the input declares.
 * @type {(text: string, of: Unit) => number | string}
 */
function read(text, of) {
  if (of.powers.word) return text;
  /** @type {any} */
  const match = PRINTED.exec(text),
    number = +match[1].replaceAll(",", "");
  if (!match[2]) return number;
  const given = unit(match[2]);
  return given.num >= given.den ? number * given.factor : number / (given.den / given.num);
}
