// What a page with panels does beyond plain HTML: focus returns to the number that was opened, and the language switch
// keeps the section.

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[popovertarget]");
  const panel = button?.popoverTargetElement;
  if (panel && button.getAttribute("popovertargetaction") !== "hide") panel.opener = button;
}, true);

// Panels come and go with the reader's scenario, so the document listens for all of them; a focus that is elsewhere stays there.
document.addEventListener("toggle", (event) => {
  const panel = event.target, focused = document.activeElement;
  if (!panel.classList.contains("work")) return;
  if (event.newState === "open" && focused?.contains(panel.opener)) {
    panel.tabIndex = -1;
    panel.focus({ preventScroll: true });
  } else if (event.newState !== "open" && (!focused || focused === document.body || panel.contains(focused))) {
    panel.opener?.focus({ preventScroll: true });
  }
}, true);

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-language]");
  if (!link) return;
  const headings = [...document.querySelectorAll("article :is(h1, h2, h3, h4)[id]")];
  const above = headings.filter((heading) => heading.getBoundingClientRect().top < innerHeight / 3).pop();
  const url = new URL(link.href);
  if (above) url.hash = above.id;
  link.href = url;
});
