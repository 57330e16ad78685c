// An engine's beats over time follow the scenario, and its chunk and its arrivals have handles: hooks/pictures/timeline.py
// in the browser. Change both together; tests/test_timeline.py compares every coordinate and every word.
const {
  Reason,
  declaration,
  unit,
  written,
  inShort,
  home,
  now,
  set,
  follow,
  element,
  min,
  max,
  upright,
  spoken,
  through,
  wordsIn
} = live;

const WINDOW = 2.4,
  ORDINARY = 16,
  LEAD = 0.06,
  MOST_BEATS = 2048,
  MOST_PROMPTS = 60,
  LANE = 112,
  MARGIN = 4,
  NEAR = 1.6,
  NARROWEST = 4,
  TOKENS = [41, 55],
  BEATS = [58, 82],
  WAITS = [90, 94.5, 99, 103.5];

/** @type {(value: unknown) => number} */
const plainNumber = (value) => (typeof value === "number" && Math.abs(value) <= 1e200 ? value : 0);

/**
 * Why a quantity is no number above zero, in few words; empty if it is one.
 * @type {(value: Value) => string}
 */
const whyNot = (value) =>
  value instanceof Reason
    ? inShort(value) === value.text
      ? "n/a"
      : inShort(value)
    : plainNumber(value) > 0
      ? ""
      : "n/a";

/**
 * The length of every beat in which a prompt is read in such chunks; or, in few words, why there is none.
 * @type {(scenario: Scenario, chunk: number) => [lengths: number[], why: string]}
 */
function beatsOfPrompt(scenario, chunk) {
  const prompt = plainNumber(scenario.value("prompt")),
    lengths = [];
  if (prompt > MOST_BEATS * chunk) return [[], say("timeline.too_many")];
  for (let read = 0; read < prompt;) {
    const rows = min(chunk, prompt - read);
    read = read + rows;
    const length = scenario.but({ prompt: read, chunk_size: rows }).value("longest_gap");
    const why = whyNot(length);
    if (why) return [[], why];
    lengths.push(plainNumber(length));
  }
  return [lengths, ""];
}

/**
 * The beats from 0 to the end of the window.
 * @type {(step: number, lengths: number[], arrivals: number[], window: number) => Schedule}
 */
function scheduled(step, lengths, arrivals, window) {
  /** @type {Schedule} */
  const { plain, reading, done } = { plain: [], reading: [], done: [] };
  let chunk = 0;
  for (let clock = 0; clock < window;) {
    const waiting = done.length < arrivals.length ? arrivals[done.length] : window;
    if (waiting <= clock) {
      const end = clock + lengths[chunk];
      reading.push([clock, end]);
      clock = end;
      if (++chunk === lengths.length) {
        done.push(end);
        chunk = 0;
      }
    } else {
      const count = Math.ceil((min(waiting, window) - clock) / step);
      plain.push([clock, step, count]);
      clock = clock + count * step;
    }
  }
  return { plain, reading, done };
}

/**
 * Spans, those joined that follow each other.
 * @type {(spans: Edge[]) => Edge[]}
 */
const joined = (spans) =>
  spans.reduce((/** @type {Edge[]} */ found, [start, end]) => {
    const last = found.at(-1);
    if (last && last[1] === start) last[1] = end;
    else found.push([start, end]);
    return found;
  }, []);

/**
 * What a scenario shows: the texts of parts, and in a drawing so wide their paths.
 * @type {(timeline: Timeline, scenario: Scenario) => (wide: number) => Record<string, string>}
 */
function shown({ lanes, arrivals: rateWords }, scenario) {
  const words = wordsIn(scenario),
    seconds = unit("s"),
    [prompt, chunk, step, each, perRequest] = [
      "prompt",
      "chunk_size",
      "decode_step",
      "arrival_rate",
      "sequences_per_request"
    ].map((name) => plainNumber(scenario.value(name)));
  const [whole, unread] = beatsOfPrompt(scenario, prompt),
    why = whyNot(scenario.value("decode_step")) || unread,
    least = why ? 0 : max(WINDOW * (whole[0] || 0), ORDINARY * step),
    factor = least >= 1 ? 1 : 0.001,
    [ends, ticks] = upright([least / factor]),
    window = ends[1] * factor,
    rate = each * perRequest;
  const arrivals =
    rate > 0 && prompt > 0
      ? Array.from({ length: MOST_PROMPTS }, (_, k) => LEAD * window + k / rate).filter(
          (time) => time < window
        )
      : [];

  /** @type {Record<string, string>} */
  const texts = { rate: words(rateWords) };
  ticks.forEach((tick, k) => {
    texts["x-" + k] = spoken(tick) + (k < 4 ? "" : "\u202f" + (factor === 1 ? "s" : "ms"));
  });
  const schedules = [prompt, min(chunk, prompt)].map((rows, row) => {
    texts["name-" + row] = words(lanes[row]);
    const [lengths, unread] = why ? [[], why] : beatsOfPrompt(scenario, rows);
    texts["numbers-" + row] = unread;
    if (unread) return { plain: [], reading: [], done: [] };
    let total = 0;
    for (const length of lengths) total = total + length;
    const gap = written(Math.max(step, ...lengths), seconds, ""),
      time = written(total, seconds, "");
    texts["numbers-" + row] =
      say("timeline.gap", { gap }) +
      " · " +
      (rate * total >= 1 ? say("timeline.piling") : say("timeline.first", { time }));
    return scheduled(step, lengths, arrivals, window);
  });

  return (wide) => {
    const ruler = (wide - 2 * MARGIN) / window,
      parts = { ...texts };
    /** @type {(time: number) => number} */
    const x = (time) => MARGIN + min(time, window) * ruler;
    schedules.forEach(({ plain, reading, done }, row) => {
      const top = row * LANE;
      /** @type {(spans: Edge[], rows: number[]) => string} */
      const boxes = (spans, [above, below]) =>
        spans
          .map(
            ([start, end]) =>
              through(
                [x(start), top + above],
                [x(end), top + above],
                [x(end), top + below],
                [x(start), top + below]
              ) + "Z"
          )
          .join("");
      /** @type {(times: number[], rows: number[]) => string} */
      const uprights = (times, [above, below]) =>
        times.map((time) => through([x(time), top + above], [x(time), top + below])).join("");
      const [[start, end] = [0, 0]] = reading,
        shortest = (end - start) * ruler,
        readEnds = reading.map(([, end]) => end);
      /** @type {(reach: number) => number[]} */
      const apart = (reach) => [
        ...plain.flatMap(([start, length, count]) =>
          length * ruler >= reach
            ? Array.from({ length: count }, (_, k) => start + (k + 1) * length)
            : []
        ),
        ...(shortest >= reach ? readEnds : [])
      ];
      /** @type {Edge[]} */
      const writing = plain.map(([start, length, count]) => [start, start + count * length]);
      const bands = [
        ...writing.filter((_, k) => plain[k][1] * ruler < NEAR),
        ...(shortest < NEAR ? reading : [])
      ].sort(([a], [b]) => a - b);
      const waits = plain.length + reading.length ? arrivals : [];
      /** @type {(k: number) => number} */
      const level = (k) => top + WAITS[k % 4];
      parts["write-" + row] = boxes(writing, BEATS);
      parts["read-" + row] = boxes(joined(reading), BEATS);
      parts["cuts-" + row] = uprights(
        apart(NARROWEST).filter((time) => time < window),
        BEATS
      );
      parts["flow-" + row] = boxes(joined(bands), TOKENS);
      parts["tokens-" + row] = uprights(
        apart(NEAR).filter((time) => time <= window),
        TOKENS
      );
      parts["wait-" + row] = waits
        .map((time, k) =>
          through(
            [x(time), top + BEATS[1] + 3],
            [x(time), level(k)],
            [x(done[k] ?? window), level(k)]
          )
        )
        .join("");
      parts["out-" + row] = waits
        .map((_, k) =>
          done[k] < window ? through([x(done[k]), level(k)], [x(done[k]), level(k)]) : ""
        )
        .join("");
    });
    return parts;
  };
}

/**
 * A handle: a slider over the stops that a scenario offers, its name and its value in words.
 * @type {(name: string, label: string, stops: (scenario: Scenario) => number[], text: (scenario: Scenario) => string) => HTMLElement}
 */
function handle(name, label, stops, text) {
  const value = element("span", { className: "handle-value" });
  /** @type {number[]} */
  let offered = [];
  /** @type {any} */
  const input = element("input", {
    type: "range",
    min: "0",
    step: "1",
    ariaLabel: label,
    oninput: () => set({ [name]: offered[input.value] })
  });
  /** @type {Follower} */
  const refresh = (scenario) => {
    const own = scenario.setting(name);
    offered = [...new Set([...stops(scenario), own])].sort((a, b) => a - b);
    input.max = offered.length - 1;
    input.value = offered.indexOf(own);
    value.textContent = text(scenario);
    input.setAttribute("aria-valuetext", value.textContent);
  };
  follow(refresh);
  refresh(now(), home);
  return element("label", {}, element("span", {}, label + " "), value, input);
}

/**
 * Powers of two below the prompt, and the prompt; so few that a prompt has no more than 512 chunks.
 * @type {(scenario: Scenario) => number[]}
 */
const chunks = (scenario) => {
  const prompt = scenario.setting("prompt");
  return [
    ...Array.from({ length: 30 }, (_, k) => 2 ** k).filter(
      (rows) => rows < prompt && rows * 512 >= prompt
    ),
    prompt
  ];
};

/**
 * 1, 2, 5 … a minute: from a prompt that is read in a fiftieth of the time to the next, to more than twice what can be read.
 * @type {(scenario: Scenario) => number[]}
 */
const rates = (scenario) => {
  const [[whole = 0]] = beatsOfPrompt(scenario, plainNumber(scenario.value("prompt")));
  return [-2, -1, 0, 1, 2, 3, 4, 5]
    .flatMap((power) => [1, 2, 5].map((step) => +`${step}e${power}` / 60))
    .filter((rate) => rate * whole > 0.02 && rate * whole < 2.6);
};

/** @type {(svg: SVGSVGElement) => void} */
function show(svg) {
  const timeline = JSON.parse(svg.dataset.chart),
    figure = svg.closest("figure"),
    drawings = [...figure.querySelectorAll(".figure-sheet")];
  const essay = drawings.map((drawing) => drawing.innerHTML);
  let away = false;
  const told = element("output", { className: "spoken" });

  follow((scenario) => {
    if (scenario === home && !away) return;
    away = scenario !== home;
    const drawn = away && shown(timeline, scenario);
    drawings.forEach((drawing, k) => {
      if (!drawn) {
        drawing.innerHTML = essay[k];
        return;
      }
      const parts = drawn(drawing.viewBox.baseVal.width);
      for (const part of drawing.querySelectorAll("[data-part]")) {
        const text = parts[part.dataset.part];
        part.setAttribute("display", text ? "inline" : "none");
        if (part.tagName === "text") part.textContent = text;
        else if (text) part.setAttribute("d", text);
      }
    });
    told.textContent = ["name-1", "numbers-1"]
      .map((part) => svg.querySelector(`[data-part="${part}"]`).textContent)
      .join(": ");
  });

  const box = /** @type {HTMLElement} */ (figure.querySelector(".handles"));
  box.role = "group";
  box.ariaLabel = say("timeline.handles");
  box.append(
    handle("chunk_size", say("timeline.chunk"), chunks, (scenario) =>
      scenario.setting("chunk_size") >= scenario.setting("prompt")
        ? say("timeline.whole")
        : scenario.text("chunk_size", "token")
    ),
    handle("arrival_rate", say("timeline.arrivals"), rates, (scenario) =>
      scenario.text("arrival_rate", "request/min")
    ),
    told
  );
}

for (const svg of document.querySelectorAll("svg[data-chart]"))
  if (JSON.parse(svg.dataset.chart).lanes) show(svg);

// The scenario was set before this file came.
set({});
