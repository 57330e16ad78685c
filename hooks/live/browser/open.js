// What only a reader's own scenario needs comes after the first change: the verdicts on it, and the panels that numbers open.

import { plainClick } from "./panels.js";
import { follow, home, load, now } from "./page.js";

follow((scenario) => {
  if (scenario === home) return;
  load("live-limits.js");
  load("live-work.js");
});

/**
 * A click that comes before the script waits for it.
 * @type {HTMLAnchorElement}
 */
let waiting;
window.addEventListener(
  "click",
  (/** @type {On} */ event) => {
    const link = event.target.closest?.("a.n[data-n]");
    if (live.work || !link || now() === home || !plainClick(event)) return;
    event.preventDefault();
    if (!waiting)
      load("live-work.js").then(
        () => waiting.click(),
        () => {
          location.href = waiting.href;
        }
      );
    waiting = link;
  },
  true
);
