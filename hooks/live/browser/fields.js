// Every other field of the cost models, folded by the file that declares them, each group with what its fields change.
// The calculator calls for this file when a reader opens the fold, or when an address sets one of them.
const { declaration, learn, element, follow, now, shown } = live;

learn(FIELDS);
const page =
  QUANTITIES &&
  new URL("../" + QUANTITIES, /** @type {HTMLScriptElement} */ (document.currentScript).src);

/** @type {(name: string) => HTMLElement} */
function outcome(name) {
  const { label } = declaration(name),
    value = element("td");
  follow((scenario) => {
    value.textContent = scenario.text(name);
  });
  value.textContent = now().text(name);
  const title =
    page && declaration(name).kind === "quantities"
      ? element("a", { href: `${page}#q-${name}` }, label)
      : label;
  return element("tr", {}, element("th", { scope: "row" }, title), value);
}

/** @type {(group: Group) => HTMLElement[]} */
function folded([title, about, fields, outcomes]) {
  const missing = fields.filter((name) => !shown.includes(name));
  if (!missing.length) return [];
  shown.push(...missing);
  const parts = live.grid(missing, (name) => REASONS[name]);
  const table = element(
    "table",
    {},
    element("caption", {}, say("fields.follows")),
    element("tbody", {}, ...outcomes.map(outcome))
  );
  return [
    element(
      "details",
      { className: "scenario-group" },
      element("summary", {}, `${title} (${missing.length})`),
      element("p", {}, about),
      parts,
      ...(outcomes.length ? [element("div", { className: "frame" }, table)] : [])
    )
  ];
}

// Fills the fold, once.
live.unfold = (fold) => {
  if (fold.childElementCount > 1) return;
  fold.append(...GROUPS.flatMap(folded));
  live.refresh();
};
