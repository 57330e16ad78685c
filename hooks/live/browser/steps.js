// Diagrams whose parts are named step-1, step-2 … can be stepped through. Without this script all steps are seen.
const { element } = live;
/** @type {(part: HTMLElement) => number} */
const stepOf = (part) => +part.dataset.part.slice(5);

for (const box of document.querySelectorAll(".steps")) {
  const figure = /** @type {HTMLElement} */ (box.parentElement),
    parts = [...figure.querySelectorAll("[data-part^=step-]")];
  const last = Math.max(...parts.map(stepOf));
  const place = element("output");
  let current = 0;

  /**
   * Shows one step; step 0 is all of them, before the first and after the last.
   * @type {(step: number) => void}
   */
  function show(step) {
    current = (step + last + 1) % (last + 1);
    figure.classList.toggle("stepped", current > 0);
    for (const part of parts) part.classList.toggle("at-step", stepOf(part) === current);
    const words = parts.filter(
      (part) => part.tagName === "text" && part.closest(".wide") && stepOf(part) === current
    );
    place.replaceChildren(current ? `${current} / ${last}` : say("steps.all"));
    place.append(
      element(
        "span",
        { className: "spoken" },
        words
          .map((part) => part.textContent)
          .filter((text) => text !== String(current))
          .join(", ")
      )
    );
  }

  /** @type {(words: string, by: number) => HTMLElement} */
  const button = (words, by) =>
    element("button", { type: "button", onclick: () => show(current + by) }, words);
  box.role = "group";
  box.ariaLabel = say("steps.label");
  box.append(button(say("steps.previous"), -1), place, button(say("steps.next"), 1));
  box.onkeydown = ({ key }) => {
    /** @type {number | undefined} */
    const by = { ArrowLeft: -1, ArrowRight: 1 }[key];
    if (by) show(current + by);
  };
  show(0);
}
