// Charts follow the scenario where their first drawing left room: hooks/pictures/{axis,curves,bars,plot}.py in the
// browser. Change both together; tests/test_live_charts.py compares every coordinate and every word. The main script
// calls for this file when the scenario changes or a chart comes near, so that a page's first load is light.
const {
  Reason,
  reference,
  valueOf,
  textOf,
  written,
  declaration,
  unit,
  csvLine,
  inShort,
  worded,
  home,
  now,
  set,
  follow,
  steps,
  element,
  digits,
  min,
  max
} = live;
/** @type {(value: unknown) => value is number} */
const isNumber = (value) => typeof value === "number" && Math.abs(value) <= 1e200;
/** @type {(value: unknown) => value is Reason} */
const isReason = (value) => value instanceof Reason;
/** @type {(value: number, low: number, high: number) => boolean} */
const within = (value, low, high) => value >= low && value <= high;
/** @type {(scenario: Scenario) => (asked: string | number) => Value} */
const valueIn = (scenario) => (asked) =>
  typeof asked === "string" ? valueOf(reference(asked), scenario) : asked;
/** @type {(scenario: Scenario) => (words: string) => string} */
const wordsIn = (scenario) => (words) =>
  worded(words, (asked) => {
    const value = valueIn(scenario)(asked);
    return !isReason(value)
      ? textOf(reference(asked), scenario)
      : inShort(value) === value.text
        ? "n/a"
        : inShort(value);
  });

// Axes

/** @type {(value: number) => number} */
function log(value) {
  let twos = 0,
    series = 0;
  for (; value >= 2; twos++) value = value / 2;
  for (; value < 1; twos--) value = value * 2;
  const ratio = (value - 1) / (value + 1),
    square = ratio * ratio;
  for (let odd = 33; odd > 0; odd -= 2) series = series * square + 1 / odd;
  return twos * 0.6931471805599453 + 2 * ratio * series;
}

/**
 * Where a value stands, as a share of the axis.
 * @type {(ends: number[], logarithmic?: boolean) => (value: number) => number}
 */
function axis([low, high], logarithmic) {
  const scale = logarithmic ? log : (/** @type {number} */ value) => value,
    start = scale(low),
    reach = scale(high) - start;
  return (value) => (logarithmic && value <= 0 ? -9 : (scale(value) - start) / reach);
}

/** @type {(exponent: number) => number} */
const ten = (exponent) => +("1e" + exponent);

/**
 * The upright axis that holds the values, its ends and the numbers along it: quarters, or so many decades.
 * @type {(values: number[], count?: number) => [ends: number[], ticks: number[]]}
 */
function upright(values, count) {
  const highest = Math.max(...values),
    steps = count ? [1] : [1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8];
  let exponent = -60,
    top;
  while (
    !(top = steps
      .map((step) => step * ten(exponent))
      .find((top) => top >= (highest > 0 ? highest : ten(count || 0)) * (1 - 1e-9)))
  )
    exponent++;
  if (!count) return [[0, top], [0, 1, 2, 3, 4].map((k) => (top * k) / 4)];
  const powers = Array.from({ length: count + 1 }, (_, k) => ten(exponent - count + k));
  return [[powers[0], top], powers.filter((_, k) => k % (1 + Math.floor(count / 5)) === 0)];
}

/** @type {(value: number) => string} */
const spoken = (value) =>
  value >= 1e7
    ? written(value, unit("1"))
    : digits(value)
        .replace(/(\.\d*?)0+$/, "$1")
        .replace(/\.$/, "");

// Places

/** @type {(place: number) => number} */
const tenth = (place) => Math.floor(place * 10 + 0.5) / 10;
/** @type {(...points: Point[]) => string} */
const through = (...points) => "M" + points.map((point) => point.map(tenth).join(" ")).join("L");
/** @type {(...place: Point) => Record<string, number>} */
const at = (x, y) => ({ cx: tenth(x), cy: tenth(y) });
/**
 * From where the build drew what a part names to where that is now.
 * @type {(to: Point, from: Point) => Record<string, string>}
 */
const moved = ([x, y], [left, top]) => ({
  transform: `translate(${(x - left).toFixed(2)} ${(y - top).toFixed(2)})`
});

/**
 * Where the build drew the dots and the ends of the lines, by part.
 * @type {(svg: SVGSVGElement) => Record<string, Point>}
 */
const built = (svg) =>
  Object.fromEntries(
    [...svg.querySelectorAll("circle[data-part], path[data-part]")].map((element) => [
      element.dataset.part,
      element.tagName === "circle"
        ? ["cx", "cy"].map((name) => +element.getAttribute(name))
        : (element.getAttribute("d").match(/-?[\d.]+/g) || []).slice(-2).map(Number)
    ])
  );

/**
 * Pairs of a key and a height, moved as little as keeps the heights apart and between low and high.
 * @type {<K>(placed: [key: K, height: number][], low: number, high: number) => [key: K, height: number][]}
 */
function apart(placed, low, high) {
  const gap = 13 * 1.2 * 1.15;
  placed
    .sort(([, a], [, b]) => a - b)
    .forEach((pair, k) => {
      pair[1] = max(pair[1], low + k * gap, k ? placed[k - 1][1] + gap : low);
    });
  for (const pair of placed.reverse()) high = (pair[1] = min(pair[1], high)) - gap;
  return placed;
}

/**
 * A curve cut at the floor and the ceiling of the frame; it breaks where a point is missing.
 * @type {(points: Point[]) => Point[][]}
 */
function clipped(points) {
  /** @type {Point[][]} */
  const runs = [[]];
  points.forEach((after, k) => {
    const [x, y] = points[k - 1] || [];
    for (const edge of y > after[1] ? [1, 0] : [0, 1]) {
      if (min(y, after[1]) < edge && edge < max(y, after[1]))
        runs.at(-1).push([x + ((edge - y) / (after[1] - y)) * (after[0] - x), edge]);
    }
    if (within(after[1], 0, 1)) runs.at(-1).push(after);
    else if (runs.at(-1).length) runs.push([]);
  });
  return runs.filter((run) => run.length > 1);
}

/**
 * A curve over a whole field: between two numbers the formula's own values where it goes on from both of them, and
 * straight on where it does not.
 * @type {(curve: (x: number) => any) => (x: number) => any}
 */
function continued(curve) {
  /** @type {Map<number, any>} */
  const found = new Map();
  /** @type {(x: number) => any} */
  const known = (x) => {
    if (!found.has(x)) found.set(x, curve(x));
    return found.get(x);
  };
  return (x) => {
    const low = Math.floor(x);
    if (x === low) return curve(x);
    const ends = [known(low), known(low + 1)],
      missing = ends.find((end) => !isNumber(end));
    if (missing !== undefined) return missing;
    const beside = [known(low + 1e-6), known(low + 1 - 1e-6)],
      own = curve(x);
    const goesOn = beside.every(
      (near, k) => isNumber(near) && Math.abs(near - ends[k]) <= 1e-3 * Math.abs(ends[k])
    );
    return isNumber(own) && goesOn ? own : ends[0] + (ends[1] - ends[0]) * (x - low);
  };
}

// What the parts of a drawing become in a frame: a text, or attributes; one that becomes nothing is not displayed.
// With them the table behind it: its head with so many columns of keys, and its rows, each value with its unit.

/**
 * @type {(chart: Chart, scenario: Scenario, words: (text: string) => string, of: Unit, up: Unit) => Drawn}
 */
function curves(chart, scenario, words, of, up) {
  const { marks, over, span } = chart,
    across = unit(chart.across),
    value = valueIn(scenario),
    names = marks.map(([, name]) => words(name));
  /** @type {(...kinds: string[]) => number[]} */
  const each = (...kinds) => [...marks.keys()].filter((k) => kinds.includes(marks[k][0]));
  const lines = each("line", "area", "roof", "guide"),
    areas = each("area"),
    dots = each("dot");

  /** @type {(asked: any) => (x: number) => any} */
  const along = (asked) => {
    const at = (/** @type {number} */ x) => valueIn(scenario.but({ [over]: x }))(asked);
    return over && declaration(over).whole ? continued(at) : at;
  };
  /** @type {((x: number) => any)[]} */
  const curve = marks.map(([kind, , a, b]) => {
    if (kind === "guide") return (x) => a * x;
    if (kind !== "roof") return along(a);
    /** @type {any[]} */
    const [flat, slope] = [a, b].map(value);
    return (x) => (isReason(flat) ? flat : isReason(slope) ? slope : min(flat, slope * x));
  });
  const grid = chart.grid.map((x) => x * across.factor),
    /** @type {any[][]} */
    values = marks.map(([, , ...asked], k) =>
      lines.includes(k) ? grid.map(curve[k]) : asked.map(value)
    );
  /** @type {any[][][]} */
  const layers = [];
  let under = grid.map(() => 0);
  for (const k of areas)
    layers[k] = [
      under,
      (under = under.map((y, at) => (isNumber(values[k][at]) ? y + values[k][at] : y)))
    ];

  const reached = [
    ...each("line", "roof").map((k) => values[k]),
    ...areas.map((k) => layers[k][1]),
    dots.map((k) => values[k][0])
  ]
    .flat()
    .filter(isNumber);
  const [ends, ticks] = upright(
      reached.map((y) => y / up.factor),
      chart.decades
    ),
    toX = axis(span, chart.log.includes("x")),
    toY = axis(ends, !!chart.decades);
  /** @type {(x: any, y: any) => Point} */
  const share = (x, y) =>
    isNumber(x) && isNumber(y) ? [toX(x / across.factor), toY(y / up.factor)] : [NaN, NaN];
  /** @type {Point[][][]} */
  const edges = lines.map((k) =>
    (layers[k] || [values[k]]).map((ys) => ys.map((y, position) => share(grid[position], y)))
  );
  /** @type {Point[][][]} */
  const runs = lines.map((k, n) =>
    !layers[k]
      ? clipped(edges[n][0])
      : values[k].some(isNumber)
        ? [[...edges[n][1], ...[...edges[n][0]].reverse()]]
        : []
  );
  const own = over ? scenario.setting(over) : NaN,
    shown = within(own / across.factor, ...span);
  /** @type {any[][]} */
  const heres = !shown
    ? []
    : [...each("line"), ...areas.slice(-1)]
        .map((k) => {
          const all = (layers[k] ? areas : [k]).map((k) => curve[k](own));
          return [
            k,
            all.every(isNumber)
              ? share(
                  own,
                  all.reduce((a, b) => a + b)
                )
              : []
          ];
        })
        .filter((/** @type {any} */ [, point]) => within(point[1], 0, 1));
  const here = say("chart.here") + spoken(own / across.factor);

  /** @type {[key: number, found: any[]][]} */
  const bests = each("best").map((k) => {
    const [, , height, least, among] = marks[k];
    /** @type {(x: number) => (asked: any) => any} */
    const there = (x) => valueIn(scenario.but({ [over]: x * across.factor }));
    /** @type {any[]} */
    const costs = among.map((/** @type {number} */ x) => there(x)(least));
    /** @type {(a: number, b: number) => number} */
    const lower = (a, b) => Math.min(a, b);
    const cheapest = costs.filter(isNumber).reduce(lower, Infinity),
      x = among[costs.indexOf(cheapest)];
    return [k, x ? [there(x)(height), x * across.factor] : [costs.at(-1)]];
  });
  const below = marks.map(([, , asked]) => along(asked));
  const plain = each("line").map((k) => edges[lines.indexOf(k)][0]);
  /**
   * Where the edge of a region turns from one line into another, between two places of the grid.
   * @type {(was: Point | undefined, now: Point, n: number) => Point[]}
   */
  const bend = (was, now, n) => {
    if (!was) return [];
    const whole = plain.filter((line) => isNumber(line[n - 1][1]) && isNumber(line[n][1]));
    const starting = whole.filter((line) => Math.abs(line[n - 1][1] - was[1]) < 1e-9),
      ending = whole.filter((line) => Math.abs(line[n][1] - now[1]) < 1e-9),
      [first] = starting,
      [last] = ending;
    if (!first || !last || starting.some((line) => ending.includes(line))) return [];
    const before = last[n - 1][1] - first[n - 1][1],
      part = before / (before - last[n][1] + first[n][1]);
    return within(part, 0, 1)
      ? [
          [
            was[0] + part * (now[0] - was[0]),
            first[n - 1][1] + part * (first[n][1] - first[n - 1][1])
          ]
        ]
      : [];
  };
  /** @type {[key: number, runs: Point[][]][]} */
  const regions = each("region").map((k) => [
    k,
    grid
      .map((x) => share(x, below[k](x)))
      .flatMap((point, n, all) => [...bend(all[n - 1], point, n), point])
      .map(([left, top]) => [left, min(1, max(0, top))])
      .reduce(
        (/** @type {any[][]} */ runs, point) =>
          isNumber(point[0]) ? [...runs.slice(0, -1), [...runs.at(-1), point]] : [...runs, []],
        [[]]
      )
      .filter((run) => run.length > 1)
  ]);

  const reasons = [
    ...lines.filter((k) => values[k].every(isReason)).map((k) => values[k][0]),
    ...dots.map((k) => values[k].findLast(isReason)),
    ...bests.map(([, found]) => found.findLast(isReason))
  ];
  const note = [...new Set(reasons.flatMap((reason) => reason?.text || []))].join("\n");

  /** @type {Drawn["draw"]} */
  function draw([left, top, right, bottom], built) {
    /** @type {Record<string, any>} */
    const parts = { note, ...(shown && { "here-dot": {}, here }) },
      /** @type {(share: Point) => Point} */
      place = ([x, y]) => [left + x * (right - left), bottom - y * (bottom - top)];
    ticks.forEach((tick, k) => {
      parts["y-" + k] = spoken(tick);
    });
    chart.ticks.forEach(([text, share], k) => {
      const [x] = place([share, 0]);
      parts["x-" + k] = { text, x: tenth(x) };
      parts["x-line-" + k] = { d: through([x, bottom], [x, bottom + 4]) };
    });

    /** @type {[key: number, height: number][]} */
    const heights = [];
    lines.forEach((k, n) => {
      const placed = runs[n].map((run) => run.map(place)),
        run = placed.at(-1),
        half = run?.length / 2;
      if (!run) return;
      parts["mark-" + k] = {
        d: placed.map((run) => through(...run) + (layers[k] ? "Z" : "")).join("")
      };
      if (marks[k][0] === "guide")
        parts["name-" + k] = { text: names[k], ...moved(run.at(-1), built["mark-" + k]) };
      else if (names[k])
        heights.push([
          k,
          (layers[k] ? (run[half - 1][1] + run[half][1]) / 2 : run.at(-1)[1]) + 4.5
        ]);
    });
    const tips = new Map(heights.map(([k, height]) => [k, height]));
    for (const [k, height] of apart(heights, top + 8, bottom + 2)) {
      const end = /** @type {number} */ (tips.get(k));
      parts["name-" + k] = { text: names[k], y: tenth(height) };
      parts["lead-" + k] = Math.abs(height - end) > 6 && {
        d: through([right + 1.5, end - 4.5], [right + 6.5, height - 4.5])
      };
    }
    for (const [k, point] of heres) parts["here-" + k] = at(...place(point));

    for (const [k, runs] of regions)
      parts["mark-" + k] = runs.length && {
        d: runs
          .map(
            (run) =>
              through(...[...run, ...[...run].reverse().map(([x]) => [x, 0])].map(place)) + "Z"
          )
          .join("")
      };
    /** @type {[key: number, found: any[]][]} */
    const placed = [...dots.map((k) => /** @type {any} */ ([k, values[k]])), ...bests];
    for (const [k, [y, x]] of placed) {
      const point = share(x, y);
      if (!point.every((share) => within(share, -0.001, 1.001))) continue;
      parts["mark-" + k] = at(...place(point));
      parts["tie-" + k] = moved(place(point), built["mark-" + k]);
      parts["name-" + k] = { text: names[k], ...parts["tie-" + k] };
      if (marks[k][0] !== "best") continue;
      const [dotX, dotY] = place(point),
        late = point[0] > 0.75;
      parts["name-" + k] = {
        text: names[k],
        x: tenth(dotX + (late ? 4 : -4)),
        y: tenth(dotY + 20),
        "text-anchor": late ? "end" : "start"
      };
    }
    for (const k of each("limit")) {
      const [at] = share(values[k][0], 1),
        [x] = place([at, 0]),
        late = at > 0.5;
      if (!within(at, 0, 1)) continue;
      parts["limit-" + k] = { d: through([x, bottom], [x, top - 14]) };
      parts["limit-word-" + k] = {
        text: names[k],
        x: tenth(x + (late ? -5 : 5)),
        "text-anchor": late ? "end" : "start"
      };
    }
    return parts;
  }

  return dots.length
    ? {
        draw,
        head: ["", words(chart.axis), words(chart.title)],
        rows: (write) =>
          dots.map((k) => [
            names[k],
            write(values[k][1], across),
            write(values[k][0], of, chart.unit)
          ])
      }
    : {
        draw,
        keys: 1,
        head: [words(chart.axis), ...lines.map((k) => names[k])],
        rows: (write, places) =>
          places.map((x) => [
            write(x * across.factor, across),
            ...lines.map((k) => write(curve[k](x * across.factor), of, chart.unit))
          ])
      };
}

/**
 * @type {(chart: Chart, scenario: Scenario, words: (text: string) => string, of: Unit, up: Unit) => Drawn}
 */
function bars(chart, scenario, words, of, up) {
  /** @type {any[][]} */
  const stacks = /** @type {Required<Chart>} */ (chart).bars.map(([name, note, pins]) => {
    const setting = scenario.but(pins),
      /** @type {any[]} */
      edges = [];
    let sum = 0;
    for (const [, , asked, upTo] of chart.marks) {
      const value = valueIn(setting)(asked);
      edges.push(isNumber(value) ? [sum, (sum = upTo ? max(sum, value) : sum + value)] : value);
    }
    return [edges, ...[name, note].map(wordsIn(setting))];
  });
  const isEdge = Array.isArray,
    [ends, ticks] = upright(
      stacks.flatMap(([edges]) =>
        edges.filter(isEdge).map((/** @type {Edge} */ [, end]) => end / up.factor)
      )
    );
  /** @type {(edge: any) => any} */
  const size = (edge) => (isEdge(edge) ? edge[1] - edge[0] : edge);

  /** @type {Drawn["draw"]} */
  function draw([left, top, right, bottom], built, find) {
    /** @type {Record<string, any>} */
    const parts = {},
      /** @type {(edge: Edge) => Edge} */
      places = (edge) => edge.map((end) => left + axis(ends)(end / up.factor) * (right - left));
    ticks.forEach((tick, k) => {
      parts["x-" + k] = spoken(tick);
    });
    stacks.forEach(([edges, name, note], row) => {
      const y = top + 56 * row;
      parts["bar-label-" + row] = name;
      parts["bar-note-" + row] = note;
      edges.forEach((/** @type {any} */ edge, /** @type {number} */ k) => {
        if (!isEdge(edge)) return;
        const [x, end] = places(edge),
          wide = end - x;
        parts[`bar-${row}-${k}`] = wide >= 0.1 && {
          d: through([x, y + 22], [end, y + 22], [end, y + 46], [x, y + 46]) + "Z"
        };
        parts[`bar-text-${row}-${k}`] = wide > chart.fits && {
          text: written(size(edge), of, chart.unit),
          x: tenth((x + end) / 2)
        };
      });
    });
    stacks.at(-1)[0].forEach((/** @type {any} */ edge, /** @type {number} */ k) => {
      const name = +find("name-" + k).getAttribute("x"),
        /** @type {any[]} */
        [x, end] = isEdge(edge) ? places(edge) : [];
      parts["name-" + k] = words(chart.marks[k][1]);
      parts["tie-" + k] = end && { d: through([(x + end) / 2, bottom - 35], [name, bottom - 28]) };
    });
    return parts;
  }

  return {
    draw,
    keys: 1,
    head: ["", ...chart.marks.map(([, name]) => words(name))],
    rows: (write) =>
      stacks.map(([edges, name]) => [
        name,
        ...edges.map((/** @type {any} */ edge) => write(size(edge), of, chart.unit))
      ])
  };
}

// By its drawing, what changes the wiring of a chart: the calculator shows any quantity over any field.
const charts = (live.charts = new Map());
Object.assign(live, { axis, upright, spoken, through, wordsIn });

/**
 * A chart, drawn for a page and for a phone, and its table, as the build made them or for another scenario.
 * @type {(first: SVGSVGElement, chart: Chart) => void}
 */
function show(first, chart) {
  const figure = first.closest("figure"),
    points = figure.querySelector(".points");
  const drawings = [...figure.querySelectorAll(".figure-sheet")].map((svg) => ({
    svg,
    frame: svg.dataset.frame.split(" ").map(Number),
    built: built(svg)
  }));
  const table = points.querySelector("table"),
    link = points.querySelector("a"),
    file = link.getAttribute("href");
  const changing = [...drawings.map(({ svg }) => svg), table];
  /** @type {any} */
  let essay = [],
    /** @type {any} */
    drawn;
  charts.set(first, (/** @type {Partial<Chart>} */ changes) => {
    Object.assign(chart, changes);
    essay = null;
    set({});
  });

  follow((scenario) => {
    if (scenario === home && essay) {
      if (drawn)
        changing.forEach((element, k) => {
          element.innerHTML = essay[k];
        });
      drawn = null;
      return;
    }
    drawn || (essay &&= changing.map((element) => element.innerHTML));
    const words = wordsIn(scenario),
      of = unit(chart.of);
    drawn = (chart.bars ? bars : curves)(
      chart,
      scenario,
      words,
      of,
      chart.unit ? unit(chart.unit) : of
    );
    for (const { svg, frame, built } of drawings) {
      /** @type {Record<string, any>} */
      const parts = {
        ...drawn.draw(frame, built, (/** @type {string} */ part) =>
          svg.querySelector(`[data-part="${part}"]`)
        ),
        axis: words(chart.axis),
        title: words(chart.title)
      };
      for (const element of svg.querySelectorAll("[data-part]")) {
        const part = parts[element.dataset.part],
          { text, ...attributes } = part?.trim ? { text: part } : part || { text: "" };
        element.setAttribute("display", text === "" ? "none" : "inline");
        for (const name in attributes) element.setAttribute(name, attributes[name]);
        if (text) element.textContent = text;
      }
    }
    const cells = [drawn.head, ...drawn.rows(written, chart.table)].flat();
    table.querySelectorAll("th, td").forEach((cell, k) => {
      cell.textContent = /** @type {string} */ (cells[k]);
    });
  });

  link.addEventListener("click", () => {
    /** @type {Write} */
    const number = (value, of, display) =>
      isNumber(value) ? (display ? unit(display) : of).shown(value) : "";
    const rows = drawn && [
      drawn.head.map((/** @type {string} */ name, /** @type {number} */ k) =>
        chart.shown && k >= drawn.keys ? `${name} (${chart.shown})` : name
      ),
      ...drawn.rows(number, places(chart))
    ];
    link.download = file;
    link.href = rows
      ? URL.createObjectURL(
          new Blob(rows.map((/** @type {unknown[]} */ row) => csvLine(row) + "\n"))
        )
      : file;
  });

  for (const { svg, frame } of drawings)
    if (chart.over && svg.querySelector("[data-part=here-dot]")) handle(svg, chart, frame);
}

/**
 * Where a chart has points for readers: a whole field has whole numbers only.
 * @type {(chart: Chart) => number[]}
 */
const places = ({ over, grid }) =>
  over && declaration(over).whole ? grid.filter(Number.isInteger) : grid;

/**
 * The scenario's own point on the axis, to be dragged along it.
 * @type {(svg: SVGSVGElement, chart: Chart, frame: Frame) => void}
 */
function handle(svg, chart, frame) {
  const /** @type {(value: number) => number} */
    own = (value) => value / unit(chart.across).factor,
    /** @type {(value: number) => boolean} */
    inside = (value) => within(own(value), ...chart.span);
  const /** @type {(value: number) => number} */
    place = (value) => axis(chart.span, chart.log.includes("x"))(own(value)),
    /** @type {(value: any) => unknown} */
    go = (value) => inside(value) && set({ [chart.over]: value });
  /** @type {any} */
  const input = element("input", {
    type: "range",
    className: "drag",
    min: 0,
    max: 1,
    step: "any",
    oninput: () => {
      const stops = [
        ...steps(chart.over),
        ...places(chart).map((x) => x * unit(chart.across).factor)
      ].filter(inside);
      go(
        stops.reduce((best, stop) =>
          Math.abs(place(stop) - input.value) < Math.abs(place(best) - input.value) ? stop : best
        )
      );
    },
    onkeydown: (event) => {
      /** @type {any} */
      const way = {
          ArrowRight: "find",
          ArrowUp: "find",
          ArrowLeft: "findLast",
          ArrowDown: "findLast"
        }[event.key],
        value = now().setting(chart.over);
      if (!way) return;
      event.preventDefault();
      go(
        steps(chart.over)[/** @type {"find"} */ (way)]((step) =>
          way === "find" ? step > value : step < value
        )
      );
    }
  });
  const stage = element("div", { className: "stage " + svg.classList[1] }),
    { width, height } = svg.viewBox.baseVal;
  svg.replaceWith(stage);
  stage.append(svg, input);
  frame.forEach((edge, k) =>
    input.style.setProperty("--edge-" + k, (100 * edge) / (k % 2 ? height : width) + "%")
  );
  follow((scenario) => {
    const value = scenario.setting(chart.over);
    input.hidden = !inside(value);
    input.value = place(value);
    input.ariaLabel = declaration(chart.over).label;
    input.setAttribute("aria-valuetext", `${input.ariaLabel} ${scenario.text(chart.over)}`);
  });
}

/**
 * A diagram: its numbers follow, and what stands at them. One that is drawn by its numbers in another way stays as the
 * build drew it, and says so once they have changed.
 * @type {(svg: SVGSVGElement, chart: { shows: string[] }) => void}
 */
function diagram(svg, { shows }) {
  const parts = svg.closest("figure").querySelectorAll("[data-shown], [data-x], [data-y]"),
    note = element("p", { className: "drawn-for" }, say("chart.drawn_for_essay"));
  // below the drawing for a phone, too
  if (!parts.length) (svg.closest("figure").querySelector("svg.narrow") || svg).after(note);
  /** @type {(scenario: Scenario) => (place: string) => number} */
  const numberIn = (scenario) => (place) => {
    const value = valueIn(scenario)(shows[+place]);
    return isNumber(value) ? value : 0;
  };
  const moves = [...parts].map((part) => (part.dataset.shown ? null : mover(part, numberIn(home))));
  follow((scenario) => {
    const texts = shows.map((asked) => wordsIn(scenario)(`{${asked}}`));
    note.hidden = texts.every((text, k) => text === wordsIn(home)(`{${shows[k]}}`));
    parts.forEach((part, k) => {
      if (moves[k]) moves[k](numberIn(scenario));
      else part.textContent = texts[/** @type {any} */ (part.dataset.shown)];
    });
  });
}

/** @type {Record<string, (a: number, b: number) => number>} */
const OPERATORS = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => (b ? a / b : 0),
  max,
  min
};

/**
 * What a diagram computed of its numbers: constants, n0 for the first number, an operator behind its two operands.
 * @type {(postfix: string, number: (place: string) => number) => number}
 */
const computed = (postfix, number) =>
  postfix.split("_").reduce((/** @type {any[]} */ stack, token) => {
    const operator = OPERATORS[token];
    stack.push(
      operator
        ? operator(.../** @type {[number, number]} */ (stack.splice(-2)))
        : token[0] === "n"
          ? number(token.slice(1))
          : +token
    );
    return stack;
  }, [])[0];

/**
 * Puts a part of a diagram where its numbers are: the points of a line, the edges of a bar, or all of a dot or a text.
 * @type {(part: any, home: (place: string) => number) => (number: (place: string) => number) => void}
 */
function mover(part, home) {
  const axes = part.ownerSVGElement.dataset.axes.split(" ").map(Number),
    names = { circle: ["cx", "cy"], text: ["x", "y"] }[/** @type {"text"} */ (part.tagName)],
    d = part.getAttribute("d"),
    bar = d?.endsWith("Z");
  /** @type {number[][]} */
  const points = names
    ? [names.map((name) => +part.getAttribute(name))]
    : d.match(/[\d.-]+ [\d.-]+/g).map((/** @type {string} */ pair) => pair.split(" ").map(Number));
  /** @type {(number: (place: string) => number) => number[][]} */
  const places = (number) =>
    ["x", "y"].map((name, k) => {
      const [low, high, start, end, logarithmic] = axes.slice(5 * k),
        share = axis([low, high], !!logarithmic);
      return (part.dataset[name]?.split(",") || []).map(
        (/** @type {string} */ postfix) => start + share(computed(postfix, number)) * (end - start)
      );
    });
  const first = places(home);
  return (number) => {
    const now = places(number);
    /** @type {any[]} */
    const moved = points.map((point, n) =>
      point.map((was, k) =>
        now[k].length > 1
          ? now[k][bar ? +(n % 4 === 1 || n % 4 === 2) : n]
          : was + (now[k].length && now[k][0] - first[k][0])
      )
    );
    if (names) names.forEach((name, k) => part.setAttribute(name, tenth(moved[0][k])));
    else part.setAttribute("d", through(...moved) + (bar ? "Z" : ""));
    const [[left, right]] = now,
      shown = bar && now[0].length > 1 ? Math.abs(right - left) >= 0.05 : true;
    part.setAttribute("display", shown ? "inline" : "none");
  };
}

for (const svg of document.querySelectorAll("svg[data-chart]")) {
  const chart = JSON.parse(svg.dataset.chart);
  if (chart.lanes) live.load("live-timeline.js");
  else (chart.shows ? diagram : show)(svg, chart);
}

// The scenario was set before this file came.
set({});
