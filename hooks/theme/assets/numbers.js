/* What the page does beyond plain HTML: focus returns to the number that was opened, and the language switch keeps the section. */
(() => {
  const openers = new WeakMap();
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[popovertarget]");
    const panel = button && document.getElementById(button.getAttribute("popovertarget"));
    if (panel && button.getAttribute("popovertargetaction") !== "hide") openers.set(panel, button);
  }, true);

  document.querySelectorAll(".work").forEach((panel) => panel.addEventListener("toggle", (event) => {
    if (event.newState === "open") {
      panel.tabIndex = -1;
      panel.focus({ preventScroll: true });
    } else if (!document.querySelector(".work:popover-open") || panel.contains(document.activeElement) || document.activeElement === document.body) {
      openers.get(panel)?.focus({ preventScroll: true });
    }
  }));

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-language]");
    if (!link) return;
    const headings = [...document.querySelectorAll("article :is(h1, h2, h3, h4)[id]")];
    const above = headings.filter((heading) => heading.getBoundingClientRect().top < innerHeight / 3).pop();
    const url = new URL(link.href);
    if (above) url.hash = above.id;
    link.href = url;
  });
})();
