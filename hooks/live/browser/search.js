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
/** @type {NamedTerm[]} */
const terms = [];
/**
 * Any term's name, as a word of its own and wherever it stands.
 * @type {RegExp[]}
 */
let named = [];
/** @type {string} */
let texts;

/** @type {(pages: FoundPage[], file: string, glossary: FoundTerm[]) => void} */
function take(pages, file, glossary) {
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
  for (const [at, ...names] of glossary)
    terms.push({ place: entries[at], name: names[0], source: spelt(names) });
  const any = spelt(glossary.flatMap(([, ...names]) => names));
  named = [`(?<!\\p{sc=Han})(${any})(?!\\p{sc=Han})`, `(${any})`].map(
    (source) => new RegExp(source, "v")
  );
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
 * A pattern that stands at the beginning of a word; Chinese words have none.
 * @type {(pattern: string) => string}
 */
const begun = (pattern) => pattern.replace(/^\w/, "\\b$&");

/**
 * How texts write names: with any sign between words, with or without a space where Chinese meets English, and in the plural.
 * @type {(names: string[]) => string}
 */
const spelt = (names) =>
  [...names]
    .sort((a, b) => b.length - a.length)
    .map((name) =>
      fold(name)
        .replace(/[^\p{L}\p{N}]+/gu, "[^\\p{L}\\p{N}]+")
        .replace(/(?<=\p{sc=Han})(?=\w)|(?<=\w)(?=\p{sc=Han})/gu, " ?")
        .replace(/\w$/, "$&(?:e?s)?\\b")
    )
    .map(begun)
    .join("|");

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
 * Chinese words have no ends. Another name of the same term is worth a little less; inside of words, terms are not looked for.
 * @type {(asked: AskedWord) => (entry: Place) => number}
 */
function judge({ word, term }) {
  const begins = begun(word),
    [some, whole] = [begins, begins.replace(/\w$/, "$&\\b")].map((source) => new RegExp(source)),
    names = term && new RegExp(term.source, "gv");
  /** @type {(text: string, times: number, length: number) => number} */
  const dense = (text, times, length) => 1 + Math.min(times, 5) / 20 + length / text.length / 3;
  return (entry) =>
    Math.max(
      ...fields(entry).map(([text, weight]) => {
        const found = names && text.match(names);
        return (
          weight *
          Math.max(
            found ? 0.8 * dense(text, found.length + 1, found[0].length) : 0,
            text.includes(word)
              ? (whole.test(text) ? 1 : some.test(text) ? 0.7 : term ? 0 : 0.4) *
                  dense(text, text.split(word, 5).length, word.length)
              : 0
          )
        );
      })
    );
}

/**
 * The entries that have all words, or as many as any has, the best first. Who asks for a term alone wants the place that
 * explains it.
 * @type {(asked: AskedWord[], phrase: string) => Hit[]}
 */
function ranked(asked, phrase) {
  const judges = asked.map(judge),
    whole = judge({ word: phrase }),
    first = asked[1] ? undefined : asked[0].term?.place;
  const hits = entries.map((entry) => {
    const worths = judges.map((worth) => (entry === first ? 99 : worth(entry))),
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

/**
 * What a text asks for, word by word, names of terms whole and other words without `empty` ones; what is taken instead of words that stand nowhere goes to `instead`.
 * @type {(text: string, instead: string[], empty?: any, within?: 0 | 1) => AskedWord[]}
 */
const understood = (text, instead, empty, within = 0) =>
  text.split(named[within]).flatMap((part, at) => {
    const words = (at % 2 ? part : part.replace(empty, " ")).match(WORD) ?? [];
    if (at % 2) {
      const word = words.join(" "),
        term = terms.find(({ source }) => new RegExp(`^(?:${source})$`, "v").test(part));
      if (!known(part)) instead.push(/** @type {NamedTerm} */ (term).name);
      else if (within) instead.push(part);
      return { word, term };
    }
    return words.flatMap((word) => {
      if (!within && known(word)) return { word };
      if (!within && named[1]?.test(word)) return understood(word, instead, empty, 1);
      const others = meant(word);
      instead.push(...others);
      return (others[0] || within ? others : [word]).map((word) => ({ word }));
    });
  });

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
 * The words as a text may write them, each from where a word begins, be it behind an underscore.
 * @type {(asked: AskedWord[]) => RegExp}
 */
const written = (asked) =>
  new RegExp(
    `(${asked
      .flatMap(({ word, term }) => [
        ...(term ? [term.source] : []),
        word
          .replace(/\d(?=\d)/g, "$&,?")
          .replace(/-/g, "[\\-‐-―−]")
          .replace(/^\w/, "(?<![^\\W_])$&")
      ])
      .join("|")})`,
    "iv"
  );
/** @type {(text: string, words: AskedWord[]) => (Node | string)[]} */
const marked = (text, words) =>
  text.split(written(words)).map((part, at) => (at % 2 ? element("mark", {}, part) : part));

/**
 * What a text says around the rarest of its hits, cut where a word ends.
 * @type {(text: string, words: AskedWord[]) => (Node | string)[]}
 */
function around(text, words) {
  const hit = Math.max(0, ...words.map((word) => text.search(written([word])))),
    room = /\p{sc=Han}/u.test(text) ? 30 : 60;
  const [from, to] = [hit - room, hit + 2 * room].map((at) =>
    at < 1 ? 0 : at + text.slice(at, at + 15).search(/\s|.$/) + 1
  );
  return [from ? "…" : "", ...marked(text.slice(from, to), words), to < text.length ? "…" : ""];
}

/** @type {(entry: Place, words: AskedWord[]) => HTMLElement} */
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
  const text = fold(input.value),
    /** @type {string[]} */
    instead = [],
    pages = new Map(),
    // A question is asked with words that stand everywhere: they count only where there are no others.
    asked = understood(text, instead, RegExp(say("search.little"), "g")),
    words = asked[0] ? asked : understood(text, instead);
  const hits = words[0] ? ranked(words, /** @type {string[]} */ (text.match(WORD)).join(" ")) : [];
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
    !words[0]
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
