// The page follows the reader's scenario: its numbers, its texts, its claims.

const article = document.querySelector("[data-live]");
const { given, fields } = JSON.parse(article.dataset.live);
const home = new Scenario(given);
const source = document.currentScript.src;
// What the reader has set, in base units, whether this page depends on it or not.
const chosen = {};
const followers = [];
let current = home;

const now = () => current;
const follow = (follower) => followers.push(follower);
const element = (tag, attributes = {}, ...inside) => {
  const made = Object.assign(document.createElement(tag), attributes);
  made.append(...inside);
  return made;
};

// Takes changes into the scenario. What is as the page has it is no change.
function set(changes) {
  Object.assign(chosen, changes);
  for (const name in chosen) if (chosen[name] === home.setting(name)) delete chosen[name];
  const names = Object.keys(chosen);
  current = names.length ? new Scenario({ ...home.given, ...chosen }, home, names) : home;
  for (const follower of followers) follower(current, home);
}

const reset = () => set(Object.fromEntries(Object.keys(chosen).map((name) => [name, home.setting(name)])));

const loads = {};
// Another script of this site, once; it stands next to this one.
function load(file) {
  return loads[file] ||= new Promise((resolve, reject) => document.head.append(element("script", { src: new URL(file, source) + new URL(source).search, onload: resolve, onerror: reject })));
}

// Numbers

const numbers = [...document.querySelectorAll("[data-n]")].map((button) => (
  { button, essay: button.textContent, impossible: button.classList.contains("na"), spoken: button.ariaLabel, inTable: !!button.closest("td") }
));

// At the page's own scenario nothing is computed, nor any reference read: a page starts in a few milliseconds.
function showNumber(number, scenario) {
  const { button, essay, impossible, spoken, inTable } = number, away = scenario !== home, asked = number.asked = away && reference(button.dataset.n);
  const value = away && valueOf(asked, scenario), whole = away && textOf(asked, scenario), none = number.reason = value instanceof Reason;
  const text = !away ? essay : !none ? whole : value.missing && inTable ? "—" : inShort(value), changed = text !== essay;
  if (button.textContent !== text) button.textContent = text;
  button.classList.toggle("na", away ? none : impossible);
  button.classList.toggle("changed", changed);
  button.ariaLabel = !away ? spoken : none ? whole : null;
  if (changed) button.dataset.was = essay;
  else delete button.dataset.was;
}

const pictures = [...document.querySelectorAll("svg[data-alt]")].map((svg) => ({ svg, essay: svg.ariaLabel }));

function showPicture({ svg, essay }, scenario) {
  svg.setAttribute("aria-label", scenario === home ? essay : worded(svg.dataset.alt, (asked) => textOf(reference(asked), scenario)));
}

// Claims

const claims = [...document.querySelectorAll(".claim")].map((mark) => {
  let paragraph = mark.parentElement;
  if (!paragraph.matches("p, li, td")) for (paragraph = mark; paragraph.matches(".claim, .broken");) paragraph = paragraph.previousElementSibling;
  return { mark, text: mark.dataset.claim, paragraph };
});
const broken = () => claims.filter(({ note }) => note);

function showClaim(claim, scenario) {
  const found = scenario === home ? { holds: true } : verdict(claim.text, scenario);
  claim.note?.remove();
  claim.note = found.holds ? null : element("span", { className: "broken", role: "note", tabIndex: -1 }, objection(found));
  if (claim.note) claim.mark.after(claim.note);
}

// What a claim that does not hold comes to: `Weights read 70.6 GB < KV cache read 85.9 GB`.
function objection({ reason, operator, sides }) {
  if (reason) return say(`Cannot be checked here: ${reason.text}`, `在此场景下无法检验：${reason.text}`);
  const [left, right] = sides.map(({ asked, text }) => asked.terms.some(({ name }) => name) ? `${titled(asked)} ${text}` : text);
  const sign = { "<=": "≤", ">=": "≥", "==": "=" }[operator] || operator;
  return say(`No longer holds here: ${left} ${sign} ${right}`, `在此场景下不成立：${left} ${sign} ${right}`);
}

// The label of a reference with what it pins: `Step (Batch 32)`.
const titled = ({ terms }) => terms.map(({ name, pins, number, of }) => {
  if (!name) return written(number, of);
  const set = Object.entries(pins).map(([field, value]) => declaration(field).kind === "choices" ? row(declaration(field).table, value).name : `${declaration(field).label} ${written(value, declaration(field).of)}`);
  return declaration(name).label + (set.length ? say(` (${set.join(", ")})`, `（${set.join("，")}）`) : "");
}).join(" ÷ ");

const count = document.querySelector("[data-claims]");
const counted = count?.textContent;

follow((scenario) => {
  for (const number of numbers) showNumber(number, scenario);
  for (const picture of pictures) showPicture(picture, scenario);
  for (const claim of claims) showClaim(claim, scenario);
  for (const { paragraph } of claims) paragraph.classList.toggle("doubted", claims.some((claim) => claim.note && claim.paragraph === paragraph));
  const failing = broken().length, all = count?.dataset.claims;
  if (count) count.textContent = scenario === home ? counted : say(`${all - failing} of ${all} claims hold in your scenario`, `在你的场景下，${all} 条论断中有 ${all - failing} 条成立`);
});

// The words of an essay go on telling its own scenario: the head says so.

const told = element("p", { className: "told", hidden: true });
(document.querySelector(".essay-question") || article.querySelector("h1")).after(told);
follow((scenario) => {
  if (!(told.hidden = scenario === home)) told.textContent = say(`Tinted numbers are yours; where the prose names a machine, it is the essay's: ${summarised(home)}.`, `带底色的数是你的；文中点名的机器不变：${summarised(home)}。`);
});

// Announcements: what has changed since the last one, once the reader pauses.

const speaker = element("div", { className: "spoken", role: "status" });
let heard = { texts: numbers.map(({ essay }) => essay), failing: 0 }, pause;
document.body.append(speaker);

follow(() => {
  clearTimeout(pause);
  pause = setTimeout(() => {
    const texts = numbers.map(({ button }) => button.textContent), failing = broken().length;
    const changed = texts.filter((text, at) => text !== heard.texts[at]).length;
    const verdict = failing ? say(`; claims that fail: ${failing}`, `；不成立的论断：${failing} 条`) : heard.failing ? say(`; every claim holds`, `；论断全部成立`) : "";
    if (changed || verdict) speaker.textContent = say(`${changed} numbers changed${verdict}.`, `${changed} 个数字变了${verdict}。`);
    heard = { texts, failing };
  }, 500);
});
