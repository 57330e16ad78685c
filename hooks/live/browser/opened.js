// The address says which panels are open: `#of:user_speed/decode_step/weights_read` names the page's number, and the
// inputs that lead on from it. Who comes with such an address finds them open.

import { chain, isNumber } from "./panels.js";

const OPENED = /^#of:([\w.\/-]+)$/;
/**
 * What an address still asks for, name by name; a reader's own click ends that.
 * @type {string[]}
 */
let waited = [];

/**
 * A panel's inputs that open, by name; one that stands there again has a number, too.
 * @type {(panel: HTMLElement) => Map<string | undefined, HTMLElement>}
 */
function inputsIn(panel) {
  const found = new Map();
  for (const one of panel.querySelectorAll("li :is(a, button)")) {
    const name = one.matches("button")
      ? live.work.named(one.getAttribute("popovertarget"))
      : isNumber(one) &&
        /** @type {HTMLAnchorElement} */ (one).hash.replace(/^#|-[0-9a-f]{6}$/g, "");
    if (name) found.set(found.has(name) ? `${name}.${found.size}` : name, one);
  }
  return found;
}

/** @type {(panel: HTMLElement) => string | undefined} */
function nameOf(panel) {
  /** @type {any} */
  const opener = panel.opener,
    outer = opener?.closest(".work");
  return outer
    ? [...inputsIn(outer)].find(([, one]) => one === opener)?.[0]
    : opener?.hash?.slice(1);
}

// The address says what is open, and where one closes it, what it said before. A step back closes what was opened last;
// a second opening needs no second step.
function showOpened() {
  const open = chain(),
    names = open.map(nameOf),
    { hash, pathname, search } = location,
    { state } = history;
  if (waited[0] || names.includes(undefined)) return;
  open.forEach((panel, at) => {
    /** @type {HTMLAnchorElement} */ (panel.querySelector(".work-here a")).href =
      "#of:" + names.slice(0, at + 1).join("/");
  });
  const now = open[0] ? "#of:" + names.join("/") : "",
    was = OPENED.test(hash);
  if (now && !was && state?.before === undefined)
    history.pushState({ ...state, before: hash }, "", now);
  else if (now ? now !== hash : was)
    history.replaceState(state, "", now || state?.before || pathname + search);
}

/** Opens what the address asks for, and nothing else. */
function obey() {
  const names = OPENED.exec(location.hash)?.[1].split("/") ?? [],
    open = chain();
  if (names.join() === open.map(nameOf).join()) return;
  open[0]?.hidePopover();
  const first = /** @type {HTMLAnchorElement[]} */ ([...document.querySelectorAll("a.n")]).find(
    (one) => isNumber(one) && one.hash.slice(1) === names[0]
  );
  if (!first) return;
  waited = names.slice(1);
  for (let /** @type {any} */ fold = first; (fold = fold.parentElement.closest("details"));)
    fold.open = true;
  // A reload leaves the reader where they were.
  if (performance.getEntriesByType("navigation")[0]?.toJSON().type !== "reload")
    first.scrollIntoView({ block: "nearest" });
  first.click();
}
addEventListener("load", obey);
addEventListener("popstate", obey);

/** @type {(panel: HTMLElement) => void} */
function goOn(panel) {
  const next = inputsIn(panel).get(waited.shift());
  if (next) return next.click();
  waited = [];
  showOpened();
}

document.addEventListener(
  "click",
  (event) => {
    if (event.isTrusted) waited = [];
  },
  true
);

document.addEventListener(
  "toggle",
  (/** @type {On<ToggleEvent>} */ event) => {
    if (!event.target.matches(".work")) return;
    if (event.newState === "open") goOn(event.target);
    else showOpened();
  },
  true
);
