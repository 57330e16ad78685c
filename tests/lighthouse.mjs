// Lighthouse as on a phone, of one page after another: node lighthouse.mjs FOLDER CHROMIUM RUNS FLOOR ADDRESS…
// FOLDER is where npm has put Lighthouse. The first run of a page has all categories; further runs, up to RUNS in all,
// have the performance only, and stop once it is known whether the median of RUNS would reach FLOOR: a first run that
// reaches it is enough. With FLOOR 0 every page has all its runs. Prints a line of JSON a page.

import { pathToFileURL } from "node:url";
import { join } from "node:path";

const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const SLOW = 1000; // the benchmark index below which Lighthouse itself warns that a machine's performance scores are too low
const FLAGS = [
  "--headless=new",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync"
];

const [folder, chromium, ...rest] = process.argv.slice(2);
const [runs, floor] = rest.slice(0, 2).map(Number),
  addresses = rest.slice(2);
/** @type {(path: string) => Promise<any>} */
const from = async (path) => import(pathToFileURL(join(folder, "node_modules", path)).href);
const { default: lighthouse } = await from("lighthouse/core/index.js");
const { launch } = await from("chrome-launcher/dist/index.js");

/**
 * An audit that weighs something and fell short: `total-blocking-time 0.94 160 ms`, with the elements it found.
 * @type {(lhr: Result, ref: { id: string, weight: number }) => string[]}
 */
function short(lhr, { id, weight }) {
  const { score, displayValue = "", details } = lhr.audits[id];
  const nodes = [details?.items ?? []]
    .flat()
    .flatMap(({ node, description, url }) => node?.snippet || description || url || []);
  return weight && score !== null && score < 1
    ? [[id, score, displayValue, ...nodes.slice(0, 3)].filter((part) => part !== "").join(" ")]
    : [];
}

/** @type {(lhr: Result, id: string) => number} */
const score = (lhr, id) => Math.round(100 * lhr.categories[id].score);

/**
 * Whether it is known on which side of the floor the median of all runs lies.
 * @type {(scores: number[]) => boolean}
 */
function decided(scores) {
  const most = Math.floor(runs / 2) + 1;
  const above = scores.filter((each) => each >= floor).length;
  return scores[0] >= floor || above >= most || scores.length - above >= most;
}

/** @type {(address: string, port: number) => Promise<object>} */
async function report(address, port) {
  let slow = false;
  /** @type {(onlyCategories: string[]) => Promise<Result>} */
  const audit = async (onlyCategories) => {
    const { lhr } = await lighthouse(address, {
      port,
      logLevel: "silent",
      throttlingMethod: "simulate",
      onlyCategories
    });
    slow ||= lhr.environment.benchmarkIndex < SLOW;
    return lhr;
  };
  const first = await audit(CATEGORIES);
  const performance = [score(first, "performance")];
  while (performance.length < runs && !(floor > 0 && decided(performance)))
    performance.push(score(await audit(["performance"]), "performance"));
  return {
    address,
    performance,
    slow,
    scores: Object.fromEntries(CATEGORIES.slice(1).map((id) => [id, score(first, id)])),
    shift: first.audits["cumulative-layout-shift"].numericValue,
    requests: first.audits["network-requests"].details?.items.length,
    short: [
      ...(first.runtimeError ? [first.runtimeError.message] : []),
      ...Object.values(first.categories).flatMap(({ auditRefs }) =>
        auditRefs.flatMap((ref) => short(first, ref))
      )
    ]
  };
}

const chrome = await launch({ chromePath: chromium, chromeFlags: FLAGS, logLevel: "silent" });
try {
  for (const address of addresses) console.log(JSON.stringify(await report(address, chrome.port)));
} finally {
  chrome.kill();
}
