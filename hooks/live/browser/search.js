// Search: a dialog that finds sections, numbers, quantities and rows in the page's language. hooks/publish/search writes what it
// looks through: what is matched and shown first, and, fetched once the dialog is open, the sections' texts.

const source = /** @type {HTMLScriptElement} */ (document.currentScript).src,
  /** @type {(file: string) => URL} */
  near = (file) => new URL(file, source);
/**
 * @type {<K extends keyof HTMLElementTagNameMap>(tag: K, given: Attributes<HTMLElementTagNameMap[K]>, ...inside: (Node | string)[]) => HTMLElementTagNameMap[K]}
 */
const element = (tag, given, ...inside) => {
  const made = Object.assign(document.createElement(tag), given);
  made.append(...inside);
  return made;
};
/**
 * @type {<K extends keyof HTMLElementTagNameMap>(tag: K, given: Attributes<HTMLElementTagNameMap[K]>) => Promise<unknown>}
 */
const fetched = (tag, given) =>
  new Promise((onload, onerror) =>
    document.head.append(element(tag, { ...given, onload, onerror }))
  );

// What can be found

/** @type {Place[]} */
const entries = [];
/** @type {string} */
let texts;

/** @type {(pages: FoundPage[], file: string) => void} */
function take(pages, file) {
  for (const [address, title, essay, sections] of pages) {
    const page = { address, title, essay },
      /** @type {string[]} */
      above = [];
    for (const [id, depth, heading, names = ""] of sections) {
      above.length = Math.min(above.length, depth);
      entries.push({
        page,
        id,
        heading,
        names,
        path: above.filter(Boolean),
        text: "",
        weight: depth ? 5 - +(depth > 6) : 8
      });
      if (depth) above[depth] = heading;
    }
  }
  texts = file;
  show();
}

/** @type {(all: string[]) => void} */
function told(all) {
  for (const entry of entries) Object.assign(entry, { text: all.shift(), fields: 0 });
  show();
}

/**
 * Texts as they are compared: without capitals, accents, wide forms and commas within numbers; all spaces and dashes alike.
 * @type {(text: string) => string}
 */
const fold = (text) =>
  text
    .normalize("NFKD")
    .replace(/\p{M}|\u200b|(?<=\d),(?=\d{3}|$)/gu, "")
    .replace(/\s+/g, " ")
    .replace(/[‐-―−]/g, "-")
    .replace(/[‘’]/g, "'")
    .toLowerCase();

/**
 * An entry's fields, each with what a hit in it is worth: heading, other names, text, and what it stands below.
 * @type {(entry: Place) => [text: string, weight: number][]}
 */
const fields = (entry) =>
  (entry.fields ||= [
    [(entry.id ? "" : entry.page.title + " ") + entry.heading, entry.weight],
    [entry.names, 4],
    [entry.text, 1],
    [entry.page.title + " " + entry.path.join(" "), 0.5]
  ].map((/** @type {any} */ [text, weight]) => [fold(text), weight]));

/**
 * How well a word stands in entries: as a word, at the beginning of one, or inside; better the more often, and the less there is beside it.
 * Chinese words have no ends.
 * @type {(word: string) => (entry: Place) => number}
 */
function judge(word) {
  const begins = word.replace(/^\w/, "\\b$&"),
    [some, whole] = [begins, begins.replace(/\w$/, "$&\\b")].map((source) => new RegExp(source));
  return (entry) =>
    Math.max(
      ...fields(entry).map(([text, weight]) =>
        !text.includes(word)
          ? 0
          : weight *
            (whole.test(text) ? 1 : some.test(text) ? 0.7 : 0.4) *
            (1 + text.split(word, 5).length / 20 + word.length / text.length / 3)
      )
    );
}

/**
 * The entries that have all words, or as many as any has, the best first.
 * @type {(words: string[], phrase: string) => Hit[]}
 */
function ranked(words, phrase) {
  const judges = words.map(judge),
    whole = judge(phrase);
  const hits = entries.map((entry) => {
    const worths = judges.map((worth) => worth(entry)),
      met = worths.filter(Boolean).length;
    return {
      entry,
      met,
      score:
        worths.reduce((sum, one) => sum + one, met && met * whole(entry)) *
        (entry.page.essay ? 1 : 0.7)
    };
  });
  const most = Math.max(1, ...hits.map(({ met }) => met));
  return hits.filter(({ met }) => met === most).sort((a, b) => b.score - a.score);
}

// What a reader asks

const WORD = /\p{sc=Han}+|[[\p{L}\p{N}_]--\p{sc=Han}]+(?:[.\/\-][[\p{L}\p{N}_]--\p{sc=Han}]+)*/gv;
/** @type {(word: string) => boolean} */
const known = (word) =>
  entries.some((entry) => fields(entry).some(([text]) => text.includes(word)));

/**
 * For a word that stands nowhere: the longest parts that do, of a run of Chinese; of others, the first word that is a slip away.
 * @type {(word: string) => string[]}
 */
function meant(word) {
  if (/\p{sc=Han}/u.test(word)) {
    /** @type {string[]} */
    const parts = [];
    for (let at = 0, end; at < word.length; at = end) {
      for (end = word.length; end > at + 1 && !known(word.slice(at, end));) end--;
      if (end > at + 1) parts.push(word.slice(at, end));
    }
    return parts;
  }
  const slips = [...word].flatMap((letter, at) => {
    const before = word.slice(0, at),
      after = word.slice(at + 1);
    return [before + "\\w{0,2}" + after, before + after.slice(0, 1) + letter + after.slice(1)];
  });
  const slip = new RegExp(`\\b(${slips.join("|")})\\b`);
  const found =
    /^[a-z_]{5,}$/.test(word) && entries.flatMap(fields).find(([text]) => slip.test(text));
  return found ? [/** @type {string[]} */ (slip.exec(found[0]))[1]] : [];
}

// The dialog

const dialog = element("dialog", {
  className: "search",
  closedBy: "any",
  ariaLabel: say("search.title")
});
dialog.innerHTML = `<form role="search"><label>${say("search.title")} <input type="search" autocomplete="off" spellcheck="false"></label><button type="button">${say("page.close")}</button></form><p role="status"></p><div></div><p><span>${say("search.keys")}</span><label><input type="checkbox">${say("search.shortcut")}</label></p>`;
document.body.append(dialog);
/** @type {any} */
const [form, count, list, keys] = dialog.children,
  [input, close] = form,
  slash = keys.querySelector("input");

/**
 * The words as a text may write them.
 * @type {(words: string[]) => RegExp}
 */
const written = (words) =>
  new RegExp(
    "(" +
      words
        .join("|")
        .replace(/\d(?=\d)/g, "$&,?")
        .replaceAll("-", "[-‐-―−]") +
      ")",
    "i"
  );
/** @type {(text: string, words: string[]) => (Node | string)[]} */
const marked = (text, words) =>
  text.split(written(words)).map((part, at) => (at % 2 ? element("mark", {}, part) : part));

/**
 * What a text says around the rarest of its hits, cut where a word ends.
 * @type {(text: string, words: string[]) => (Node | string)[]}
 */
function around(text, words) {
  const hit = Math.max(0, ...words.map((word) => text.search(written([word])))),
    room = /\p{sc=Han}/u.test(text) ? 30 : 60;
  const [from, to] = [hit - room, hit + 2 * room].map((at) =>
    at < 1 ? 0 : at + text.slice(at, at + 15).search(/\s|.$/) + 1
  );
  return [from ? "…" : "", ...marked(text.slice(from, to), words), to < text.length ? "…" : ""];
}

/** @type {(entry: Place, words: string[]) => HTMLElement} */
function item({ page, id, heading, names, path, text }, words) {
  const [name, other = ""] = id ? names.split(" · ") : [""];
  return element(
    "li",
    {},
    element(
      "a",
      { href: near("../" + page.address + (id && "#" + id)) },
      element("small", {}, path.join(" › ")),
      element("strong", {}, ...marked(heading, words)),
      element("code", {}, ...marked(name, words)),
      element("span", { lang: say("language.other") }, ...marked(other, words)),
      element("small", {}, ...around(text, words))
    )
  );
}

/** @type {number | undefined} */
let pause;
function show() {
  const asked = fold(input.value).match(WORD) ?? [],
    /** @type {string[]} */
    instead = [],
    pages = new Map();
  const words = asked.flatMap((word) => {
    const others = known(word) ? [] : meant(word);
    instead.push(...others);
    return others[0] ? others : word;
  });
  const hits = asked[0] ? ranked(words, asked.join(" ")) : [];
  let shown = 0;
  for (const { entry } of hits) {
    const items = pages.get(entry.page) ?? [];
    if (shown < 20 && items.length < 5) shown = items.push(item(entry, words)) && shown + 1;
    pages.set(entry.page, items);
  }
  list.replaceChildren(
    ...[...pages].map(([{ title }, items]) =>
      items[0]
        ? element(
            "section",
            {},
            element("h2", {}, ...marked(title, words)),
            element("ul", {}, ...items)
          )
        : ""
    )
  );
  list.scrollTop = 0;
  tell(
    !asked[0]
      ? say("search.hint")
      : !entries[0]
        ? "…"
        : !shown
          ? say("search.nothing", { typed: input.value })
          : (instead[0] ? say("search.instead", { words: instead.join(" ") }) : "") +
            (hits[0].met < words.length ? say("search.most") : "") +
            say("search.found", { hits: hits.length, count: pages.size }) +
            (shown < hits.length ? say("search.best", { shown }) : "")
  );
}

/**
 * Said once the reader pauses.
 * @type {(text: string) => void}
 */
function tell(text) {
  clearTimeout(pause);
  pause = setTimeout(() => {
    count.textContent = text;
  }, 200);
}

// An input method's letters are no words yet.
input.oninput = (/** @type {InputEvent} */ event) => event.isComposing || show();
input.addEventListener("compositionend", show);
form.onsubmit = (/** @type {Event} */ event) => {
  event.preventDefault();
  list.querySelector("a")?.click();
};
close.onclick = () => dialog.close();

dialog.onkeydown = (/** @type {KeyboardEvent} */ event) => {
  /** @type {any} */
  const links = [...list.querySelectorAll("a")],
    /** @type {any} */
    way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!way || event.keyCode === 229) return;
  event.preventDefault();
  (links[links.indexOf(document.activeElement) + way] ?? (way < 0 ? input : links.at(-1)))?.focus();
};

/**
 * The address asks with ?q=, and holds it for the way back from what was found.
 * @type {(words?: string) => void}
 */
function ask(words) {
  const url = new URL(/** @type {any} */ (location));
  url.searchParams[words ? "set" : "delete"]("q", /** @type {string} */ (words));
  history.replaceState(history.state, "", url);
}

// Within the page the reader's scenario stays in the address.
list.onclick = (/** @type {On} */ event) => {
  const link = event.target.closest("a");
  if (link?.pathname === location.pathname) {
    link.search = location.search;
    dialog.close();
  } else if (link) ask(input.value);
};
dialog.onclose = () => ask();

// Whether a key alone opens it is the reader's to say.
const KEPT = "worked-out.slash";
try {
  slash.checked = !localStorage[KEPT];
} catch {
  slash.disabled = true;
}
slash.onchange = () => {
  localStorage[KEPT] = slash.checked ? "" : "off";
};

let coming;
const heads = fetched("script", { src: near("search-heads.js") }),
  styled = fetched("link", { rel: "stylesheet", href: near("search.css") });
async function open() {
  await Promise.allSettled([styled]);
  input.value = new URLSearchParams(location.search).get("q") ?? input.value;
  ask();
  if (!dialog.open) dialog.showModal();
  input.select();
  show();
  coming ||= heads
    .then(() => fetched("script", { src: near(texts) }))
    .catch(() => tell(say("search.unread")));
}

window.search = { open, take, told };
