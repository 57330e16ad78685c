// What only a reader's own scenario needs comes after the first change: the verdicts on it, and the panels that numbers open.

follow((scenario) => {
  if (scenario === home) return;
  load("live-limits.js");
  load("live-work.js");
});

// A click that comes before the script waits for it.
let waiting;
window.addEventListener("click", (event) => {
  const button = event.target.closest?.("button[data-n]");
  if (live.work || !button || (now() === home && button.popoverTargetElement)) return;
  event.preventDefault();
  if (!waiting) load("live-work.js").then(() => waiting.click());
  waiting = button;
}, true);
