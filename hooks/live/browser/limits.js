// What a page says where the reader's scenario cannot be or breaks a claim: in words, where it belongs, with a way out.
// The main script calls for this file at the first change; LIMITS holds the verdicts' formulas (hooks/live/scripts.py).
const {
  TWIN,
  Reason,
  reference,
  restsOn,
  valueOf,
  textOf,
  verdict,
  written,
  declaration,
  rowsOf,
  inShort,
  worded,
  learn,
  lower,
  article,
  numbers,
  home,
  now,
  set,
  follow,
  element,
  act,
  bar,
  state,
  summarised
} = live;

learn(LIMITS);
const known = ["can_run", "takes_context"].filter(declaration);

// Whether a scenario can be

/**
 * Why a scenario's machine cannot run its model; nothing where it can. A model that names no longest context takes any.
 * @type {(scenario: Scenario) => Reason | undefined}
 */
const limit = (scenario) =>
  known
    .map((name) => /** @type {[string, any]} */ ([name, scenario.value(name)]))
    .find(
      ([name, value]) => value instanceof Reason && !(name === "takes_context" && value.missing)
    )?.[1];

/**
 * What a number says of a model on a machine rests on all three.
 * @type {(name: string) => boolean}
 */
const isBound = (name) =>
  ["model", "accelerator", "chips"].every((field) => restsOn(name).has(field));

/**
 * Why a number is not told: the reader's scenario cannot be, nor can it with the number's own pins. hooks/page/withheld.py in the browser.
 * @type {(asked: Reference, scenario: Scenario) => Reason | undefined}
 */
function withheld({ terms }, scenario) {
  if (!limit(scenario)) return;
  for (const { name, pins } of terms) {
    const reason = name && isBound(name) && limit(scenario.but(pins));
    if (reason) return reason;
  }
}

/**
 * A reason in two parts: the verdict that stands for a number, and the clause that explains it.
 * @type {(reason: Reason) => string}
 */
const clause = ({ text, missing }) => {
  const why = missing ? text : text.replace(/^[^:：]*[:：]\s*/, "");
  return why[0].toUpperCase() + why.slice(1);
};

// Blocks: a paragraph, a point of a list, a figure, a drawing in HTML, an exercise give way to one line; so do several in a row.

/** @type {Record<string, string>} */
const PARTS = {
  P: say("withheld.paragraph"),
  LI: say("withheld.point"),
  FIGURE: say("withheld.figure")
};
/** @type {(count: number) => string} */
const several = (count) => say("withheld.several", { count });
/** @type {(part: Element) => HTMLElement} */
const blockOf = (part) =>
  part.closest("figure, .block") ||
  part.closest("summary")?.parentElement ||
  part.closest("p, li, dd, blockquote, div");
let /** @type {HTMLElement[]} */ lines = [],
  /** @type {HTMLElement[]} */ hidden = [];

/** @type {(blocks: Map<HTMLElement, any>) => void} */
function giveWay(blocks) {
  for (const line of lines) line.remove();
  for (const block of hidden) block.hidden = false;
  lines = [];
  hidden = [...blocks.keys()].filter(
    (block) => ![...blocks.keys()].some((other) => other !== block && other.contains(block))
  );
  hidden.sort((one, other) =>
    one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_PRECEDING ? 1 : -1
  );
  /** @type {HTMLElement[]} */
  let run = [];
  const close = () => {
    if (!run.length) return;
    const [first] = run,
      what = run.length > 1 ? several(run.length) : PARTS[first.tagName] || say("withheld.part");
    const line = element(
      first.tagName === "LI" ? "li" : "p",
      { className: "withheld", role: first.tagName === "LI" ? null : "note" },
      say("withheld.so", { because: clause(blocks.get(first)), so: what })
    );
    first.before(line);
    lines.push(line);
    run = [];
  };
  for (const block of hidden) {
    /** @type {any} */
    let before = block.previousElementSibling;
    while (before?.matches(".claim, .broken")) before = before.previousElementSibling;
    if (!run.includes(before)) close();
    run.push(block);
  }
  close();
  for (const block of hidden) block.hidden = true;
}

/**
 * A number in a table: the first one of a row says why, the others are a dash.
 * @type {(cells: [number: Shown, reason: Reason][]) => void}
 */
function showCells(cells) {
  const said = new Set();
  for (const [{ button }, reason] of cells) {
    const line = button.closest("tr"),
      text = said.has(line) ? "—" : inShort(reason);
    said.add(line);
    Object.assign(button, { textContent: text, ariaLabel: reason.text });
    button.classList.add("na", "changed");
  }
}

/**
 * The title and the question are the essay's own where the reader's scenario has no numbers for them.
 * @type {(number: Shown) => void}
 */
function keepOriginal({ button, essay, spoken }) {
  Object.assign(button, { textContent: essay, ariaLabel: spoken });
  button.classList.remove("na", "changed");
}

/** @type {(text: string) => string[]} */
const named = (text) =>
  [...text.matchAll(/\{\{|\{([^{}]+)\}/g)].flatMap(([, asked]) => asked || []);
const drawings = [...document.querySelectorAll("svg[data-alt], svg[data-chart]")].map((svg) => {
  /** @type {Chart} */
  const { marks = [], bars = [], over, span, across } = JSON.parse(svg.dataset.chart || "{}"),
    said = [svg.dataset.alt || "", ...marks.map(([, name]) => name)].flatMap(named);
  const ends = over
    ? span.map((end) => ({ [over]: end * live.unit(across).factor }))
    : bars.length
      ? bars.map(([, , pins]) => pins)
      : [{}];
  return {
    svg,
    said,
    plotted: marks.flatMap(([, , ...asked]) =>
      asked.filter((part) => typeof part === "string" && part)
    ),
    ends,
    every: !bars.length
  };
});

/**
 * A chart is left out where all of it would be of a machine that cannot run; of a bar chart, where one bar would be.
 * @type {(drawing: Drawing, scenario: Scenario) => Reason | undefined}
 */
function undrawn({ said, plotted, ends, every }, scenario) {
  const told = said.map((asked) => withheld(reference(asked), scenario)).find(Boolean);
  if (told || !limit(scenario)) return told;
  const found = ends.map((pins) =>
    plotted.map((asked) => withheld(reference(asked), scenario.but(pins))).find(Boolean)
  );
  return every && !found.every(Boolean) ? undefined : found.find(Boolean);
}

/** @type {(scenario: Scenario) => void} */
function showLimits(scenario) {
  const blocks = new Map(),
    /** @type {[number: Shown, reason: Reason][]} */
    cells = [];
  if (scenario !== home) {
    for (const number of numbers) {
      const { button, asked, reason, impossible, inTable } = number,
        never = withheld(asked, scenario),
        none = never || (reason && !impossible && !inTable && reason);
      // The calculator's answer says itself why there is none, and so does an operator of the drawing of a block.
      if (!none || button.closest(never && !never.missing ? ".answer" : ".answer, .block"))
        continue;
      if (button.closest("h1, h2, h3, h4, .essay-question")) keepOriginal(number);
      else if (inTable) cells.push([number, none]);
      else blocks.set(blockOf(button), none);
    }
    for (const drawing of drawings) {
      const none = undrawn(drawing, scenario);
      if (none) blocks.set(blockOf(drawing.svg), none);
    }
  }
  showCells(cells);
  giveWay(blocks);
}

// What pictures say

const pictures = [...document.querySelectorAll("svg[data-alt]")].map((svg) => ({
  svg,
  essay: svg.ariaLabel
}));

/** @type {(picture: { svg: SVGSVGElement, essay: any }, scenario: Scenario) => void} */
function showPicture({ svg, essay }, scenario) {
  svg.setAttribute(
    "aria-label",
    scenario === home
      ? essay
      : worded(svg.dataset.alt, (asked) => textOf(reference(asked), scenario))
  );
}

// The way out: the fewest chips, the longest context, or the first format that makes the scenario possible.

/** @type {(scenario: Scenario) => any} */
function cure(scenario) {
  /** @type {any} */
  const reason = limit(scenario),
    /** @type {(name: string) => any} */
    number = (name) => (typeof scenario.value(name) === "number" ? scenario.value(name) : NaN),
    chips = number("chips_needed");
  /** @type {any[]} */
  const formats = [...rowsOf(declaration("precision").table).keys()].map((format) => [
    "precision",
    format
  ]);
  const helping = [
    ["chips", chips],
    ["chips", chips + 1],
    ["context", number("longest_context")],
    ...formats
  ].filter(
    ([name, value]) =>
      !Number.isNaN(value) && limit(scenario.but({ [name]: value }))?.text !== reason.text
  );
  return helping.find(([name, value]) => !limit(scenario.but({ [name]: value }))) || helping[0];
}

const excuse = element("span", {}),
  way = act(
    "",
    () => {
      const [name, value] = cure(now());
      set({ [name]: value });
      live.toggle.focus();
    },
    "scenario-cure"
  );
const notice = element("p", { className: "scenario-limit", hidden: true }, excuse, way);
bar.prepend(notice);

/** @type {(scenario: Scenario) => void} */
function showCure(scenario) {
  const reason = scenario !== home && limit(scenario),
    found = reason && cure(scenario);
  notice.hidden = !reason;
  if (!reason) return;
  excuse.textContent = clause(reason) + say("mark.end");
  way.hidden = !found;
  if (found)
    way.textContent = say("limits.set_to", {
      label: declaration(found[0]).label,
      value: scenario.but({ [found[0]]: found[1] }).text(found[0])
    });
}

// Claims

/** @type {Claim[]} */
const claims = [...document.querySelectorAll(".claim")].map((mark) => {
  /** @type {any} */
  let paragraph = mark.parentElement;
  if (!paragraph.matches("p, li, td"))
    for (paragraph = mark; paragraph?.matches(".claim, .broken");)
      paragraph = paragraph.previousElementSibling;
  return { mark, text: mark.dataset.claim, paragraph };
});
/** @type {() => Claim[]} */
const broken = () => claims.filter(({ note }) => note);

/**
 * A claim about a machine that cannot run, one whose paragraph has given way, and one without a number on one side are neither kept nor broken.
 * @type {(claim: Claim, scenario: Scenario) => void}
 */
function showClaim(claim, scenario) {
  /** @type {any} */
  const found = scenario === home ? { holds: true } : verdict(claim.text, scenario);
  claim.open =
    !found.holds &&
    (!!found.reason ||
      !!claim.paragraph?.closest("[hidden]") ||
      found.sides.some((/** @type {Side} */ { asked }) => withheld(asked, scenario)));
  claim.note?.remove();
  claim.note =
    found.holds || claim.open
      ? null
      : element("span", { className: "broken", role: "note", tabIndex: -1 }, objection(found));
  if (claim.note) claim.mark.after(claim.note);
}

/** @type {Record<string, string>} */
const MIRRORED = { "<": ">", ">": "<", "<=": ">=", ">=": "<=", "==": "==" };
/** @type {Record<string, string>} */
const NO_LONGER = {
  "<": say("claim.no_longer_less"),
  ">": say("claim.no_longer_more"),
  "<=": say("claim.now_more"),
  ">=": say("claim.now_less"),
  "==": say("claim.no_longer_equal")
};
/**
 * Whether an English label is of one or of many: the head of `Weights a chip reads per pass` ends in s, that of `Memory that software sees` does not.
 * @type {(label: string) => number}
 */
const howMany = (label) =>
  /[^su]s$/i.test(
    label.split(/ (?:of|per|that|which|whose|in|on|with|to|at|by|for|from|left|an?|the)\b/)[0]
  )
    ? 2
    : 1;
/** @type {(asked: Reference) => number} */
const ofMany = ({ terms: [{ name }, bottom] }) =>
  name && !bottom ? howMany(declaration(name).label) : 1;
/** @type {(side: Side) => boolean} */
const isNamed = ({ asked }) => asked.terms.some(({ name }) => name);

/**
 * Between a Latin word and a Chinese one.
 * @type {(text: string) => string}
 */
const spaced = (text) => text + (/\w$/.test(text) ? " " : "");

/**
 * What has become of a claim that does not hold: `Here the KV cache of the batch is no longer less than the weights: 86 GB against 71 GB.`
 * @type {(found: Verdict) => string}
 */
function objection({ operator, sides }) {
  const turned = !isNamed(sides[0]),
    [left, right] = turned ? [...sides].reverse() : sides,
    verb = NO_LONGER[turned ? MIRRORED[operator] : operator],
    count = ofMany(left.asked);
  return isNamed(right)
    ? say("claim.against", {
        left: phrase(left.asked),
        count,
        verb,
        right: phrase(right.asked),
        left_text: left.text,
        right_text: right.text
      })
    : say("claim.value", {
        left: phrase(left.asked),
        count,
        verb,
        limit: right.text,
        value: left.text
      });
}

/**
 * A reference in words, with what it pins: `the decode step at batch 32`, `the ratio of the decode step at batch 32 to that in your scenario`.
 * @type {(asked: Reference) => string}
 */
function phrase({ terms: [top, bottom] }) {
  if (!bottom) return term(top);
  return say("claim.ratio", {
    top: term(top),
    bottom: term(bottom, top),
    gap: bottom.name ? "" : " "
  });
}

/**
 * A field and its value within a sentence: `at batch 32`, `with 4 chips`.
 * @type {(label: string, value: string) => string}
 */
const setTo = (label, value) => say("claim.set", { count: howMany(label), label, value });

/** @type {(term: Term, other?: Term) => string} */
function term({ name, pins, number, of }, other) {
  if (!name) return written(number, of);
  const { label } = declaration(name),
    pinned = Object.keys({ ...TWIN.choices, ...TWIN.settings, ...pins }).filter(
      (field) => field in pins && field !== name
    ),
    alike = other?.name === name,
    scenario = now().but(pins);
  if (!pinned.length) return alike ? say("claim.that") : say("claim.the", { label });
  const rows = pinned
    .filter((field) => declaration(field).kind === "choices")
    .map((field) => scenario.phrase(field));
  const set = pinned
    .filter((field) => declaration(field).kind !== "choices")
    .map((field) => setTo(declaration(field).label, scenario.text(field)));
  const comma = say("mark.comma"),
    parts = [rows.length ? say("claim.rows", { rows: rows.join(comma) }) : "", set.join(comma)];
  const given = parts.filter(Boolean).join(say("claim.between"));
  return alike
    ? say("claim.that_given", { label, given })
    : say("claim.the_given", { label, given });
}

// The head of an essay: how many claims hold, and whose the words are.

const count = document.querySelector("[data-claims]");
const counted = count?.textContent;
const told = element("p", { className: "told", hidden: true });
const ESSAY = document.querySelector(".essay-question");
(ESSAY || article.querySelector("h1")).after(told);

/** @type {(scenario: Scenario) => void} */
function showHead(scenario) {
  const failing = broken().length,
    open = claims.filter(({ open }) => open).length,
    all = +count?.dataset.claims,
    reason = scenario !== home && limit(scenario);
  if (count)
    count.textContent =
      scenario === home
        ? counted
        : say("claim.hold", { kept: all - failing - open, count: all }) +
          (open ? say("claim.open", { count: open }) : "");
  told.hidden = scenario === home;
  told.textContent = reason
    ? ESSAY
      ? say("limits.impossible", { because: clause(reason), scenario: summarised(home) })
      : say("limits.yours_impossible", { because: clause(reason), scenario: summarised(home) })
    : ESSAY
      ? say("limits.tinted", { scenario: summarised(home) })
      : say("limits.yours", { scenario: summarised(home) });
  state.textContent = say("claim.fail", { count: failing });
  state.hidden = !failing;
}

state.onclick = () => {
  const notes = broken()
    .map((/** @type {any} */ { note }) => note)
    .filter((note) => note.getClientRects().length);
  (notes.find((note) => note.getBoundingClientRect().top > innerHeight / 2) || notes[0])?.focus();
};

follow((scenario) => {
  for (const picture of pictures) showPicture(picture, scenario);
  showLimits(scenario);
  for (const claim of claims) showClaim(claim, scenario);
  for (const { paragraph } of claims)
    paragraph?.classList.toggle(
      "doubted",
      claims.some((claim) => claim.note && claim.paragraph === paragraph)
    );
  showCure(scenario);
  showHead(scenario);
});

// Announcements: what has changed since the last one, once the reader pauses.

const speaker = element("div", { className: "spoken", role: "status" });
let heard = { texts: numbers.map(({ essay }) => essay), failing: 0, why: "" },
  /** @type {number} */
  pause;
document.body.append(speaker);

follow((scenario) => {
  clearTimeout(pause);
  pause = setTimeout(() => {
    const texts = numbers.map(({ button }) => button.textContent),
      failing = broken().length,
      /** @type {any} */
      excuse = scenario !== home && limit(scenario),
      why = excuse ? excuse.text : "";
    const changed = texts.filter((text, at) => text !== heard.texts[at]).length;
    const reason = why && why !== heard.why ? `${clause(excuse)}${say("mark.stop")}` : "";
    const verdict = failing
      ? say("mark.semicolon") + say("claim.fail", { count: failing })
      : heard.failing && !why
        ? say("claim.all_hold")
        : "";
    if (changed || verdict || reason)
      speaker.textContent = reason + say("limits.changed", { count: changed, verdict });
    heard = { texts, failing, why };
  }, 500);
});

live.limits = { limit, withheld, broken, claims, cure, objection };
set({});
