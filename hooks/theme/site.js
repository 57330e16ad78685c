// What every page does beyond plain HTML: the palette, the header that makes room, the section that is being read,
// the next page fetched ahead, and links that work from a folder.

const root = document.documentElement,
  wide = matchMedia("(min-width: 76em)");

// The palette: automatic, light, dark, and round again; kept on the reader's device.

const ORDER = ["", "light", "dark"],
  turn = document.querySelector("[data-palette-switch]");
const [label, names] = [turn.ariaLabel, turn.dataset.names.split(" ")];

/** @type {(palette: string) => void} */
function paint(palette) {
  root.dataset.palette = palette;
  turn.ariaLabel = turn.title = `${label}: ${names[ORDER.indexOf(palette)]}`;
}

paint(ORDER.includes(root.dataset.palette) ? root.dataset.palette : "");
turn.onclick = () => {
  paint(ORDER[(ORDER.indexOf(root.dataset.palette) + 1) % 3]);
  try {
    localStorage.setItem("worked-out.palette", root.dataset.palette);
  } catch {
    /* a reader who keeps nothing chooses on every page */
  }
};

// On a small screen the header leaves while one reads on, and comes back on the way up.

let last = 0;
addEventListener(
  "scroll",
  () => {
    if (Math.abs(scrollY - last) < 8) return;
    root.classList.toggle("away", scrollY > last && scrollY > 200);
    last = scrollY;
  },
  { passive: true }
);

// The section that is being read is the last one whose heading stands above the upper third of the window.

const links = [...document.querySelectorAll(".contents a")],
  above = new Set();
const watch = new IntersectionObserver(
  (seen) => {
    for (const { target, isIntersecting } of seen)
      above[isIntersecting ? "add" : "delete"](target.id);
    const current = links.findLast((link) => above.has(idOf(link)));
    for (const link of links) link.ariaCurrent = link === current ? "true" : null;
  },
  { rootMargin: "999999px 0px -66% 0px" }
);
/** @type {(link: HTMLAnchorElement) => string} */
const idOf = (link) => decodeURIComponent(link.hash.slice(1));
for (const link of links) {
  const heading = document.getElementById(idOf(link));
  if (heading) watch.observe(heading);
}

// Beside an essay its contents stand open.

const contents = document.querySelector(".essay > .contents details");
const unfold = () => {
  if (contents) contents.open = wide.matches;
};
wide.addEventListener("change", unfold);
unfold();

// A page that the pointer rests on is fetched ahead, unless the reader saves data.

const fetched = new Set([location.pathname]);

addEventListener(
  "pointerover",
  (/** @type {On} */ { target }) => {
    const link = target.closest?.("a[href]");
    if (
      !link ||
      link.host !== location.host ||
      fetched.has(link.pathname) ||
      !link.pathname.endsWith("/") ||
      navigator.connection?.saveData
    )
      return;
    setTimeout(() => {
      if (!link.matches(":hover, :active") || fetched.has(link.pathname)) return;
      fetched.add(link.pathname);
      document.head.append(
        Object.assign(document.createElement("link"), { rel: "prefetch", href: link.href })
      );
    }, 65);
  },
  { passive: true }
);

// From a folder, a browser would list what lies at an address that ends in a slash.

/** @type {(link: HTMLAnchorElement | HTMLAreaElement | null) => void} */
const whole = (link) => {
  if (link?.protocol === "file:" && link.pathname.endsWith("/")) link.pathname += "index.html";
};
if (location.protocol === "file:") {
  [...document.links].forEach(whole);
  addEventListener(
    "click",
    (/** @type {On} */ { target }) => whole(target.closest?.("a[href]")),
    true
  );
}
