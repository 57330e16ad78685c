// The scenario bar's controls: PRESETS (docs/data/presets.yml), one control for each field that suits it, and what can be taken away.
const {
  TWIN,
  declaration,
  rowsOf,
  written,
  set,
  now,
  follow,
  load,
  steps,
  element,
  understood,
  typed,
  notify,
  query,
  shown,
  sheet,
  act
} = live;

// The whole address of this page in the reader's scenario.
const address = () => location.href.split(/[?#]/)[0] + query() + location.hash;

/** @type {(text: string, button: HTMLElement) => Promise<void>} */
async function copy(text, button) {
  const label = button.textContent;
  await navigator.clipboard.writeText(text).then(
    () => {
      button.textContent = say("cite.link_copied");
    },
    () => prompt(label, text)
  );
  setTimeout(() => {
    button.textContent = label;
  }, 1500);
}

/** @type {Record<string, (value: any) => void>} */
const controls = {};
/** @type {(name: string) => string} */
const id = (name) => `scenario-${name}`;
/** @type {(name: string) => boolean} */
const isChoice = (name) => name in TWIN.choices;

/**
 * The step to the left or to the right of a value.
 * @type {(name: string, way: number) => number}
 */
function next(name, way) {
  const value = now().setting(name),
    all = steps(name);
  return (
    (way > 0 ? all.find((step) => step > value) : all.findLast((step) => step < value)) ?? value
  );
}

/** @type {(all: number[], value: number) => number} */
const nearest = (all, value) =>
  all.reduce(
    (best, step, at) => (Math.abs(step - value) < Math.abs(all[best] - value) ? at : best),
    0
  );

/** @type {(name: string, scenario: Scenario) => boolean} */
const isNumber = (name, scenario) => typeof scenario.value(name) === "number";

const LAYOUT = ["tensor_parallel", "pipeline_stages", "redundant_experts", "expert_parallel"];
/**
 * Changes, with the usual layout in place of one that stood until then, as of experts that another model does not have.
 * @type {(changes: Given) => Given}
 */
function relaid(changes) {
  /** @type {(given: Given) => boolean} */
  const stands = (given) => isNumber("expert_groups", now().but(given));
  return !declaration("expert_groups") || !stands({}) || stands(changes)
    ? changes
    : { ...changes, ...Object.fromEntries(LAYOUT.map((name) => [name, declaration(name).start])) };
}

/** @type {(name: string) => HTMLElement[]} */
function picker(name) {
  const { table, label } = declaration(name),
    given = shown.find((one) => TWIN.given[one]?.choice === name),
    groups = new Map();
  const select = element("select", {
    id: id(name),
    // A number of one's own begins as the one that it replaces, where there is one.
    onchange: () => {
      const /** @type {Given} */ changes = { [name]: select.value };
      if (given && isNumber(given, now())) changes[given] = +now().value(given);
      set(relaid(changes));
    }
  });
  for (const [key, { name: title, family }] of rowsOf(table)) {
    if (!groups.has(family))
      groups.set(
        family,
        family ? select.appendChild(element("optgroup", { label: family })) : select
      );
    groups.get(family).append(element("option", { value: key }, title));
  }
  const titles = [...select.options].map(({ text }) => text);
  controls[name] = (value) => {
    if (given)
      [...select.options].forEach((option, k) => {
        const there = now().but({ [name]: option.value });
        option.text = (isNumber(given, there) ? there.text(given) + " · " : "") + titles[k];
      });
    select.value = value;
  };
  return [element("label", { htmlFor: id(name) }, label), select];
}

/**
 * What stands beside a field's label, which says the rest where a unit is one of three.
 * @type {(unit: string) => string}
 */
const unitBeside = (unit) => {
  const [above, below, third] = unit.split("/");
  return third && !/^[sh]$/.test(below) ? above : below ? `${above}/${below}` : above;
};

/** @type {(name: string) => HTMLElement[]} */
function stepper(name) {
  const { label, of } = declaration(name),
    all = steps(name);
  const entry = element("input", {
    id: id(name),
    inputMode: "decimal",
    autocomplete: "off",
    onchange: () => {
      /** @type {any} */
      const { value, problem } = understood(name, entry.value);
      notify(problem ? [problem] : []);
      if (problem) controls[name](now().setting(name));
      else set({ [name]: value });
    }
  });
  /** @type {any} */
  const slider = element("input", {
    type: "range",
    min: 0,
    max: all.length - 1,
    ariaLabel: label,
    oninput: () => set({ [name]: all[slider.value] })
  });
  /** @type {(sign: string, way: number, said: string) => HTMLElement} */
  const nudge = (sign, way, said) =>
    element(
      "button",
      {
        type: "button",
        ariaLabel: `${label}: ${said}`,
        onclick: () => set({ [name]: next(name, way) })
      },
      sign
    );
  controls[name] = (value) => {
    const { choice } = TWIN.given[name] || {};
    if (choice) entry.closest("div").hidden = now().setting(choice) !== "own";
    entry.value = value === undefined ? "" : typed(name, value);
    slider.value = nearest(all, value);
    slider.ariaValueText = written(value, of);
  };
  return [
    element(
      "label",
      { htmlFor: id(name) },
      label,
      ...(of.countsOnly ? [] : [element("small", {}, ` ${unitBeside(of.text)}`)])
    ),
    element(
      "span",
      { className: "stepper" },
      nudge("−", -1, say("sheet.less")),
      entry,
      nudge("+", 1, say("sheet.more"))
    ),
    slider
  ];
}

/**
 * Controls side by side; `why` says what a field's value assumes, where that is told.
 * @type {(names: string[], why?: (name: string) => string | undefined) => HTMLElement}
 */
const grid = (names, why = () => "") =>
  element(
    "div",
    { className: "scenario-fields" },
    ...names.map((name) =>
      element(
        "div",
        { className: "scenario-field" },
        ...(isChoice(name) ? picker : stepper)(name),
        ...(why(name) ? [element("small", {}, /** @type {string} */ (why(name)))] : [])
      )
    )
  );

/** @type {any} */
const pressed = act(
  document.querySelector(".essay-question")
    ? say("sheet.essays_numbers")
    : say("sheet.page_numbers"),
  () => {
    pressed.ariaPressed = document.documentElement.classList.toggle("show-was");
  }
);
pressed.ariaPressed = false;
const link = act(say("sheet.copy_link"), () => copy(address(), link));
/** @type {(kind: string, label: string) => HTMLElement} */
const taking = (kind, label) => {
  const button = act(label, () => load("live-export.js").then(() => live.offer(kind)));
  return button;
};

// The calculator has the fields, too, on which none of its numbers rests.
function everything() {
  const fold = element("details", {}, element("summary", {}, say("sheet.every_field")));
  fold.addEventListener("toggle", () => load("live-fields.js").then(() => live.unfold(fold)));
  return fold;
}

const inPage = document.querySelector("[data-controls]");
const first = shown.filter((name) => {
  const { always, where } = declaration(name);
  return (always && !where) || ["prompt", "output"].includes(name) || name in TWIN.given;
});
/**
 * Fields that belong together, as far as this page follows them.
 * @type {(title: string, names: string[]) => Fold}
 */
const fold = (title, names) => ({ title, names: names.filter((name) => shown.includes(name)) });
const folds = [
  fold(say("sheet.layout"), [
    "tensor_parallel",
    "pipeline_stages",
    "expert_parallel",
    "microbatches"
  ]),
  fold(say("sheet.targets"), [
    "ttft_target",
    "tpot_target",
    "draft_tokens",
    "target_price",
    "target_throughput",
    "target_input"
  ])
];
const others = shown.filter(
  (name) => !first.includes(name) && !folds.some(({ names }) => names.includes(name))
);
if (others.length)
  folds.push({
    title: say("sheet.more_assumptions", { count: others.length }),
    names: others
  });
/**
 * A preset may set a field that this page's numbers do not rest on: another file declares it.
 * @type {(given: Given) => unknown}
 */
const apply = (given) =>
  Object.keys(given).every(declaration)
    ? set(given)
    : load("live-fields.js").then(() => set(given));
const presets = PRESETS.filter(([, given]) =>
  Object.keys(given).some((name) => shown.includes(name))
);
sheet.append(
  ...(presets.length
    ? [
        element(
          "p",
          { className: "scenario-acts" },
          ...presets.map(([title, given]) => act(title, () => apply(given)))
        )
      ]
    : []),
  grid(first),
  ...folds.flatMap(({ title, names }) =>
    names.length
      ? element(
          "details",
          {
            open:
              !!inPage &&
              names.includes("tensor_parallel") &&
              matchMedia("(min-width: 60em)").matches
          },
          element("summary", {}, title),
          grid(names)
        )
      : []
  ),
  ...(inPage ? [everything()] : []),
  element(
    "p",
    { className: "scenario-acts" },
    pressed,
    link,
    taking("csv", "CSV"),
    taking("python", "Python"),
    taking("citation", say("cite.button"))
  )
);

const refresh = () => shown.forEach((name) => controls[name]?.(now().setting(name)));
Object.assign(live, { grid, refresh, address, copy });
follow(refresh);
refresh();
