// The bars of the drawing of a block follow the scenario. They are as wide as custom properties say, which the build has set
// for the page's own scenario (hooks/lists/block_list.py); which of them a bar shows is a matter of the switches and of styles.
const { reference, valueOf, home, now, follow } = live;

for (const part of /** @type {NodeListOf<HTMLElement>} */ (
  document.querySelectorAll(".block .op")
)) {
  const built = part.style.cssText,
    numbers = /** @type {NodeListOf<HTMLElement>} */ (part.querySelectorAll("[data-n]"));

  /** @type {(scenario: Scenario) => void} */
  const draw = (scenario) => {
    if (scenario === home) part.style.cssText = built;
    else
      for (const number of numbers) {
        const share = valueOf(reference(number.dataset.n), scenario);
        part.style.setProperty(
          "--" + /** @type {HTMLElement} */ (number.parentElement).dataset.of,
          typeof share === "number" ? 100 * share + "%" : "0%"
        );
      }
  };
  follow(draw);
  draw(now());
}
