// Numbers open in the reader's scenario: their panels come with a script of its own, fetched after the first change.

follow((scenario) => {
  if (scenario !== home) load("live-work.js");
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

// On paper the essay's own panels stand for its own scenario only.
const printing = (away) => () => document.querySelectorAll(".works").forEach((section) => { section.hidden = away && now() !== home; });
window.addEventListener("beforeprint", printing(true));
window.addEventListener("afterprint", printing(false));
