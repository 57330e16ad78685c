// The page as the address asks for it, now that everything that follows is there.
Object.assign(live, { home, now, set, reset, follow, load, numbers, address, query, steps, titled, element, understood, typed, notify, copy, shown, sheet, toggle, act, summarised });
const asked = fromAddress();
notify(asked.problems);
set(asked.changes);
if (document.querySelector("[data-controls]")) load("live-calculator.js");
