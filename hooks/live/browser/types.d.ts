// The shapes that the scripts' JSDoc names: what the build writes for them, and what they hand each other. The build
// ships none of this file; tests/javascript reads it.

// A text of hooks/text/interface with its places filled. The build puts that of one language in the call's place (hooks/live/spoken.py).
declare function say(key: `${string}.${string}`, places?: Record<string, string | number>): string;

type Reason = import("./formula.js").Reason;
type Unit = InstanceType<typeof import("./number.js").Unit>;
type Scenario = import("./scenario.js").Scenario;

/** What a name comes to: a number in base units, a row's id or a word, or why there is none. */
type Value = number | string | Reason;
/** Values of scenario fields by name: numbers in base units, ids of rows. */
type Given = Record<string, number | string>;
/** Whole powers of base units by name. */
type Powers = Record<string, number>;

// Written by hooks/live/bundle.py

type Kind = "quantities" | "fields" | "settings" | "choices" | "constants";

/** What the build says of a name. Each kind has some of these, so the scripts ask for the kind first. */
interface Entry {
  label: string;
  unit: string;
  /** Quantities: the value, from an object that has every name's value. */
  formula: (values: any) => Value;
  words: Record<string, string>;
  /** Quantities whose value is a row's id: the choice whose table has the row. */
  picks: string;
  /** Inputs: the choice, or the quantity, that picks their row, and the column. */
  row: string;
  key?: string;
  /** What settings and choices begin with, and what an input is where its row has none. */
  start: number | string;
  low?: number;
  high?: number;
  whole?: 1;
  table: string;
  value: number;
  /** Fields of the scenario: how one is told, whether also where it is as usual, and the name without whose value it means nothing. */
  phrase?: string;
  always?: 1;
  where?: string;
}

interface Declaration extends Entry {
  kind: Kind;
  name: string;
  key: string;
  of: Unit;
}

/** A table of the catalogue: `name unit` of each column, and rows of id, name, family and cells. */
interface Table {
  keys: string[];
  rows: [id: string, name: string, family: string, ...cells: (string | undefined)[]][];
}

interface Declarations extends Record<Kind, Record<string, Entry>> {
  tables: Record<string, Table>;
}

interface Twin extends Declarations {
  language: "en" | "zh";
  version: string;
  words: Record<string, [scale: number, word: string]>;
  nouns: Record<string, string[]>;
  /** Inputs that a reader may give, each with the choice whose row `own` says so. */
  given: Record<string, Entry & { choice: string }>;
  /** What only this page needs of what pages have in common. */
  more?: Partial<Declarations>;
}

declare const TWIN: Twin;

/** A row as the scripts read it: cells by the name of their column, as their source prints them. */
interface Row {
  id: string;
  name: string;
  family: string;
  told: (string | undefined)[];
  cells: Record<string, string>;
}

// Read by reference.js

/** A name with pins; or, without a name, a number. */
interface Term {
  name: string;
  pins: Given;
  number: number;
  of: Unit;
}

/** One term, or two for a ratio. */
interface Terms {
  terms: Pick<Term, "name" | "pins" | "number">[];
}

interface Reference {
  terms: Term[];
  display: string;
  of: Unit;
}

interface Side {
  asked: Reference;
  value: Value;
  text: string;
}

interface Verdict {
  holds: boolean;
  reason: Reason | undefined;
  operator: string;
  sides: Side[];
}

// What the main script hands the others

/** A number in the page: its link, what the essay has there, and what it says now. */
interface Shown {
  button: HTMLElement;
  essay: string;
  impossible: boolean;
  spoken: string | null;
  inTable: boolean;
  /** Read once the scenario is not the essay's. */
  asked?: any;
  reason?: Reason | false;
}

/** What a page says of itself: its scenario, the fields that it follows, what to expect of a step. */
interface Followed {
  given: Given;
  fields: string[];
  expect?: string;
  /** The script with the rest of its formulas, of a page that has many. */
  later?: string;
}

type Follower = (scenario: Scenario, home: Scenario) => void;

/** Fields of the scenario that are folded away together. */
interface Fold {
  title: string;
  names: string[];
}

/** A field's value that somebody wrote, or what is wrong with it. */
type Understood =
  { value: number | string; problem?: undefined } | { value?: undefined; problem: string };

interface Asked {
  changes: Given;
  problems: string[];
  unknown: boolean;
}

/** What start.js adds to `live`. */
type Page = Pick<
  typeof import("./panels.js"),
  "chain" | "element" | "openPanel" | "openEntry" | "entryOf" | "plainClick"
> &
  Pick<
    typeof import("./page.js"),
    "home" | "now" | "set" | "reset" | "follow" | "load" | "article" | "numbers"
  > &
  Pick<typeof import("./address.js"), "query" | "understood" | "typed"> &
  Pick<
    typeof import("./bar.js"),
    "notify" | "shown" | "bar" | "state" | "sheet" | "toggle" | "act" | "summarised" | "told"
  >;

/** What scripts that come later add to it, each for those that it is loaded before. */
interface Later {
  // stops.js
  steps(name: string): number[];
  // sheet.js
  grid(names: string[], why?: (name: string) => string | undefined): HTMLElement;
  refresh(): void;
  address(): string;
  copy(text: string, button: HTMLElement): Promise<void>;
  // fields.js
  unfold(fold: HTMLElement): void;
  // chart.js
  charts: Map<Element, (changes: Partial<Chart>) => void>;
  /** Settled when the charts follow the reader; `draw` asks for it. */
  charted: Promise<unknown>;
  draw: () => Promise<unknown>;
  axis(ends: number[], logarithmic?: boolean): (value: number) => number;
  upright(values: number[], count?: number): [ends: number[], ticks: number[]];
  spoken(value: number): string;
  through(...points: Point[]): string;
  wordsIn(scenario: Scenario): (words: string) => string;
  // export.js
  csv(): string;
  python(): string;
  citation(): string;
  offer(kind: string): unknown;
  // limits.js, which comes with the first change, and work.js; tests read more of them
  limits?: {
    withheld(asked: Reference, scenario: Scenario): Reason | undefined;
    [name: string]: unknown;
  };
  work: { named(id: string): string | undefined; panel: Function; key: Function; part: Function };
}

declare const live: typeof import("./api.js").live & Page & Later;
/** The search of search.js. */
declare const search: { open(): void; take: Function; told: Function };

interface Window {
  live: object;
  search: object;
}

// What an essay's picture holds: hooks/pictures

/** A mark of a chart: its kind, its name with references in braces, and references or numbers. */
type Mark = [kind: string, name: string, a: any, b?: any, c?: any];

interface Chart {
  title: string;
  axis: string;
  /** The unit of what is plotted, the one that it is shown in, and that one where the title says it. */
  of: string;
  unit: string;
  shown: string;
  marks: Mark[];
  /** The field along the axis, in its unit `across` from end to end. */
  over: string;
  across: string;
  span: [number, number];
  /** Which axes are logarithmic: "", "x", "y", "xy"; and over how many decades the upright one goes. */
  log: string;
  decades: number;
  /** Where curves are computed, which of these stand in the table, and what stands along the axis at which share. */
  grid: number[];
  table: number[];
  ticks: [text: string, share: number][];
  /** Instead of curves: each bar's name, its note and its pins; text stands in parts wider than `fits`. */
  bars?: [name: string, note: string, pins: Given][];
  fits: number;
}

/** hooks/pictures/timeline.py: what its lanes and its arrivals are called. */
interface Timeline {
  lanes: string[];
  arrivals: string;
}

/** The beats of a lane in seconds: runs of equal ones without a prompt, those with rows of one, and when each is read. */
interface Schedule {
  plain: [start: number, length: number, count: number][];
  reading: Edge[];
  done: number[];
}

/** Left and top; left, top, right and bottom; where a part of a bar begins and ends. */
type Point = number[];
type Frame = number[];
type Edge = number[];
/** Writes a value in a table. */
type Write = (value: any, of: Unit, display?: string) => string | number;

interface Drawn {
  draw(
    frame: Frame,
    built: Record<string, Point>,
    find: (part: string) => Element
  ): Record<string, any>;
  /** The table's head, of which so many columns are keys, and its rows. */
  head: string[];
  keys?: number;
  rows(write: Write, places: number[]): (string | number)[][];
}

// What the build puts at the head of a script that comes later

/** hooks/live/scripts.py */
declare const PRESETS: [title: string, given: Given][];
declare const LIMITS: Partial<Declarations>;
declare const EXPECTED: { known: Partial<Declarations>; lines: string[] };

/** hooks/live/fields.py */
type Group = [title: string, about: string, fields: string[], outcomes: string[]];
declare const FIELDS: Partial<Declarations>;
declare const GROUPS: Group[];
declare const REASONS: Record<string, string | undefined>;
declare const QUANTITIES: string;

/** hooks/live/panels.py: what of a name the panels say besides its declaration. */
interface Work {
  label?: string;
  unit: string;
  why?: string;
  at: string;
  after?: string;
  names: string;
  math: string;
  pick?: (values: any) => number;
  cases: [template: string, names: string][];
}

interface Panels {
  constants: Record<string, Entry>;
  code: string;
  fields: string[];
  names: Record<string, Work>;
  sources: Record<string, Record<string, [usual: number, others?: Record<string, number>]>>;
  limits: Record<string, Record<string, string>>;
  cites: string[];
}

declare const WORK: Panels;

/** hooks/live/export.py: what of a name the Python file says. Each kind has some of these. */
interface Name {
  label: string;
  needs?: string[];
  code: string;
  picks?: string;
  phrase?: string;
  of: string;
  key: string;
  unit: string;
  each?: string;
  start?: number | string;
  base: string;
  low: number;
  high: number | null;
  whole: boolean;
  value: number;
  why: string;
  table: string;
}

interface FileParts {
  site: string;
  copyright: string;
  imports: string;
  quantity: string;
  kernel: string;
  names: Record<string, Name>;
  tables: Record<
    string,
    Record<string, { name: string; cells: Record<string, [text: string, source: number]> }>
  >;
  sources: string[];
  written: Record<string, string>;
  fixed: Record<string, [value: number | string | null, base: string, text: string]>;
}

declare const PARTS: FileParts;

/** A term as the file writes it: pins as texts. */
interface WrittenTerm {
  name: string;
  pins: Record<string, string>;
}

interface PageNumber {
  label: string;
  written: string;
  display: string;
  terms: WrittenTerm[];
  value: number | string | null;
  base: string;
  text: string;
}

// Written by hooks/publish/search/index.py

type Section = [id: string, depth: number, heading: string, names?: string];
type FoundPage = [address: string, title: string, essay: 0 | 1, sections: Section[]];
/** The number of the place that explains a term, -1 where there is none, and what the term is called. */
type FoundTerm = [place: number, ...names: string[]];

/** A term by its own name; `source` is a pattern of all its names. */
interface NamedTerm {
  place?: Place;
  name: string;
  source: string;
}

/** A word that a reader asks for, and the term that it names. */
interface AskedWord {
  word: string;
  term?: NamedTerm;
}

/** A place that can be found; `fields` are its texts as they are compared, each with what a hit in it is worth. */
interface Place {
  page: { address: string; title: string; essay: 0 | 1 };
  id: string;
  heading: string;
  names: string;
  path: string[];
  text: string;
  weight: number;
  fields?: [text: string, weight: number][] | 0;
}

interface Hit {
  entry: Place;
  met: number;
  score: number;
}

// What limits.js and work.js hold

interface Drawing {
  svg: SVGSVGElement;
  /** The references in its words, those that it plots, and the scenarios at its ends. */
  said: string[];
  plotted: string[];
  ends: Given[];
  every: boolean;
}

interface Claim {
  mark: HTMLElement;
  text: string;
  paragraph: any;
  open?: boolean;
  /** What is said of it where it does not hold. */
  note?: HTMLElement | null;
}

/** Gives the id of a computed input's panel. */
type Opening = (name: string, pins?: Given) => string;

interface PanelSide {
  title: string;
  text: string;
  row: string;
}

interface Navigator {
  readonly connection?: { saveData: boolean };
}

// The document. What a script looks for, the build has written, and tests/ have a browser look: nothing is null.

interface ParentNode {
  querySelector<K extends keyof HTMLElementTagNameMap>(selectors: K): HTMLElementTagNameMap[K];
  querySelector(selectors: `svg[${string}`): SVGSVGElement;
  querySelector(selectors: `a[${string}`): HTMLAnchorElement;
  querySelector(selectors: `${string} details`): HTMLDetailsElement;
  querySelector(selectors: string): HTMLElement;
  querySelectorAll(selectors: `svg[${string}` | ".figure-sheet"): NodeListOf<SVGSVGElement>;
  querySelectorAll(selectors: `a[${string}`): NodeListOf<HTMLAnchorElement>;
  querySelectorAll(selectors: `.contents a`): NodeListOf<HTMLAnchorElement>;
  querySelectorAll<K extends keyof HTMLElementTagNameMap>(
    selectors: K
  ): NodeListOf<HTMLElementTagNameMap[K]>;
  querySelectorAll(selectors: string): NodeListOf<HTMLElement>;
}

interface Document {
  getElementById(id: string): HTMLElement;
}

interface Element {
  getAttribute(name: string): string;
  closest<K extends keyof HTMLElementTagNameMap>(selectors: K): HTMLElementTagNameMap[K];
  closest(selectors: `a[${string}` | `a.${string}` | "[data-language]"): HTMLAnchorElement;
  closest(selectors: "[popovertarget]"): HTMLButtonElement;
  closest(selectors: string): HTMLElement;
}

/** What the markup says to the scripts. */
interface DOMStringMap {
  /** The page: its scenario, the fields it follows, what to expect of a step, as JSON. */
  live: string;
  /** A number: its reference; one that no scenario changes; what the essay has where it has changed. */
  n: string;
  fixed: string;
  was?: string;
  /** A drawing: the chart as JSON, its description with references, its frame; a part of one. */
  chart: string;
  alt: string;
  frame: string;
  part: string;
  /** A claim, and how many an essay makes. */
  claim: string;
  claims: string;
  /** An essay that is named, the end of one, a term's card. */
  essay: string;
  end: string;
  card?: string;
  /** The shell: the palette and its names, texts of a button, what has been done. */
  palette: string;
  names: string;
  texts: string;
  done?: string;
}

interface Array<T> {
  /** Nor is a list empty that is asked for its last. */
  at(index: number): T;
}

interface HTMLElement {
  /** Panels: what opened them. */
  opener?: HTMLElement | null;
}

/** An event whose target is an element: `closest` is asked with `?.` where it may be the document. */
type On<E extends Event = MouseEvent> = E & { target: HTMLElement };

/** What a new element is given: its properties, with what a browser turns into a text. */
type Attributes<E> = {
  [P in keyof E]?: E[P] | (E[P] extends string | null ? number | boolean | URL | null : never);
};
