// What a page with numbers does beyond plain HTML: a number opens in place, focus returns to it, and the language switch
// keeps the section. Without this script a number is a link to its entry on the page's companion.

const entries = new Map();
/**
 * @type {<K extends keyof HTMLElementTagNameMap>(tag: K, attributes?: Attributes<HTMLElementTagNameMap[K]>, ...inside: (Node | string)[]) => HTMLElementTagNameMap[K]}
 */
export const element = (tag, attributes = {}, ...inside) => {
  const made = Object.assign(document.createElement(tag), attributes);
  made.append(...inside);
  return made;
};
/** @type {(event: MouseEvent) => boolean} */
export const plainClick = (event) =>
  !(
    event.defaultPrevented ||
    event.button ||
    event.ctrlKey ||
    event.metaKey ||
    event.shiftKey ||
    event.altKey
  );
/** @type {(link: any) => unknown} */
export const isNumber = (link) =>
  link?.matches(".n, .work li a") &&
  new URL(link.href).hash &&
  new URL(link.href).pathname.endsWith("/numbers/");

/**
 * The panels that lead to an open one, the outermost first, and itself.
 * @type {(panel: HTMLElement) => HTMLElement[]}
 */
const wayTo = (panel) => {
  /** @type {HTMLElement | null | undefined} */
  const outer = panel.opener?.closest(".work");
  return outer ? [...wayTo(outer), panel] : [panel];
};

/**
 * The open panels, the outermost first.
 * @type {() => HTMLElement[]}
 */
export const chain = () =>
  [...document.querySelectorAll(".work:popover-open")]
    .map(wayTo)
    .sort((a, b) => b.length - a.length)[0] ?? [];

/**
 * What a panel shows besides its entry: how to close it, where it was opened from, and its address.
 * @type {(panel: HTMLElement) => void}
 */
function frame(panel) {
  const way = wayTo(panel),
    path = element(
      "nav",
      { className: "work-path", ariaLabel: say("work.path") },
      ...way.slice(0, -1).map((outer, at) =>
        element("button", {
          type: "button",
          textContent: outer.ariaLabel,
          onclick: () => {
            way[at + 1].hidePopover();
            way[at + 1].opener?.focus({ preventScroll: true });
          }
        })
      )
    );
  panel.querySelector(".work-path")?.remove();
  if (way[1]) /** @type {HTMLElement} */ (panel.firstChild).after(path);
}

/**
 * Makes an entry a panel, and opens it beside the number or the input that asked for it.
 * @type {(panel: HTMLElement, opener: HTMLElement) => HTMLElement}
 */
export function openPanel(panel, opener) {
  if (!panel.popover) {
    panel.popover = "auto";
    panel.role = "dialog";
    panel.prepend(
      element("button", {
        type: "button",
        className: "work-close",
        ariaLabel: say("page.close"),
        textContent: "×",
        onclick: () => panel.hidePopover()
      })
    );
    const link = element("a", {}, say("work.link"));
    link.onclick = (event) => {
      if (!plainClick(event)) return;
      event.preventDefault();
      (navigator.clipboard?.writeText(link.href) ?? Promise.reject()).then(
        () => {
          link.textContent = say("cite.link_copied");
        },
        () => prompt(say("work.link"), link.href)
      );
    };
    panel.append(element("p", { className: "work-foot work-here" }, link));
  }
  if (!panel.isConnected) document.querySelector("article").after(panel);
  panel.opener = opener;
  frame(panel);
  if (!panel.matches(":popover-open")) panel.showPopover({ source: opener });
  return panel;
}

/**
 * A copy of a number's entry on the companion, which is read once.
 * @type {Promise<Document> | null | undefined}
 */
let companion;
/** @type {(link: HTMLAnchorElement) => Promise<HTMLElement>} */
export async function entryOf(link) {
  const url = new URL(link.href),
    id = url.hash.slice(1);
  url.hash = url.search = "";
  companion ||= fetch(url)
    .then((answer) => (answer.ok ? answer.text() : Promise.reject()))
    .then((html) => new DOMParser().parseFromString(html, "text/html"));
  companion.catch(() => {
    companion = null;
  });
  const made = (await companion).getElementById(id);
  if (entries.has(id)) return entries.get(id);
  const panel = document.importNode(made, true);
  panel.id = `entry-${id}`;
  for (const other of panel.querySelectorAll("a[href]"))
    other.href = new URL(other.getAttribute("href"), url).href;
  entries.set(id, panel);
  return panel;
}

/**
 * Opens a number in place; where its entry cannot be had, the link leads there.
 * @type {(link: HTMLAnchorElement) => Promise<HTMLElement | void>}
 */
export const openEntry = (link) =>
  entryOf(link).then(
    (panel) => openPanel(panel, link),
    () => {
      location.href = link.href;
    }
  );

document.addEventListener("click", (/** @type {On} */ event) => {
  const link = event.target.closest?.("a");
  if (!isNumber(link) || !plainClick(event)) return;
  event.preventDefault();
  openEntry(link);
});

document.addEventListener(
  "click",
  (/** @type {On} */ event) => {
    /** @type {any} */
    const button = event.target.closest?.("[popovertarget]");
    const panel = button?.popoverTargetElement;
    if (panel && button.getAttribute("popovertargetaction") !== "hide") panel.opener = button;
  },
  true
);

// Panels come and go with the reader's scenario, so the document listens for all of them; a focus that is elsewhere stays there.
document.addEventListener(
  "toggle",
  (/** @type {On<ToggleEvent>} */ event) => {
    /** @type {any} */
    const panel = event.target,
      focused = document.activeElement;
    if (!panel.classList.contains("work")) return;
    if (event.newState === "open" && focused?.contains(panel.opener)) {
      panel.tabIndex = -1;
      panel.focus({ preventScroll: true });
    } else if (
      event.newState !== "open" &&
      (!focused || focused === document.body || panel.contains(focused))
    ) {
      // Where several close at once, what opened this one may be hidden with the panel that holds it.
      wayTo(panel)
        .findLast(({ opener }) => opener?.checkVisibility())
        ?.opener?.focus({ preventScroll: true });
    }
  },
  true
);

document.addEventListener("click", (/** @type {On} */ event) => {
  const link = event.target.closest?.("[data-language]");
  if (!link) return;
  const headings = [...document.querySelectorAll("article :is(h1, h2, h3, h4)[id]")];
  const above = headings
    .filter((heading) => heading.getBoundingClientRect().top < innerHeight / 3)
    .pop();
  const url = new URL(link.href);
  if (above) url.hash = above.id;
  link.href = url.href;
});
