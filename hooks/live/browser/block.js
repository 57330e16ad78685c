// The bars of the drawing of a block follow the scenario. They are as wide as custom properties say, which the build has set
// for the page's own scenario (hooks/lists/block_list.py); which of them a bar shows is a matter of the switches and of styles.
const { reference, valueOf, textOf, home, now, follow } = live;

for (const block of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".block"))) {
  const operators = [.../** @type {NodeListOf<HTMLElement>} */ (block.querySelectorAll(".op"))],
    built = operators.map(({ style }) => style.cssText),
    wholes = /** @type {NodeListOf<HTMLElement>} */ (block.querySelectorAll("[data-part]"));

  /**
   * One position of the switches. Where there is no whole, a full bar is the sum of the operators that have a number, and
   * each is told as it is; one that has none says why.
   * @type {(position: HTMLElement, scenario: Scenario) => void}
   */
  const show = ({ dataset: { of, part }, children: [number] }, scenario) => {
    const asked = /** @type {HTMLElement} */ (number).dataset.n,
      [whole, unit = ""] = asked.split(":"),
      all = valueOf(reference(asked), scenario),
      known = typeof all === "number";
    const told = operators.map((operator) => {
      const name = `${part}(operator=${operator.dataset.op})`,
        value = valueOf(reference(name), scenario);
      return { operator, name, value, amount: typeof value === "number" ? value : 0 };
    });
    const full = known ? all : told.reduce((sum, { amount }) => sum + amount, 0);
    for (const { operator, name, value, amount } of told) {
      operator.style.setProperty("--" + of, (full && (100 * amount) / full) + "%");
      if (typeof value !== "number") continue;
      const shown = operator.querySelector(`[data-of="${of}"] > *`);
      shown.textContent = textOf(
        reference(known ? `${name} / ${whole}:%` : `${name}:${unit}`),
        scenario
      );
      shown.ariaLabel = null;
      shown.classList.remove("na");
    }
  };

  /** @type {(scenario: Scenario) => void} */
  const draw = (scenario) => {
    if (scenario === home)
      operators.forEach(({ style }, at) => {
        style.cssText = built[at];
      });
    else for (const position of wholes) show(position, scenario);
  };
  follow(draw);
  draw(now());
}
