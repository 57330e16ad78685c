// Search comes when its reader reaches for it: with a look at the button its files, with a press its dialog.

const src = /** @type {HTMLScriptElement} */ (document.currentScript).src.replace(
    "reach.js",
    "search.js"
  ),
  button = document.querySelector("[data-search]");
/** @type {Promise<unknown> | 0 | undefined} */
let coming;
/** @type {() => Promise<unknown>} */
const reach = () =>
  (coming ||= new Promise((onload) =>
    document.head.append(
      Object.assign(document.createElement("script"), {
        src,
        onload,
        onerror() {
          coming = 0;
        }
      })
    )
  ));
const open = () => reach().then(() => search.open());

button.hidden = false;
button.onclick = open;
button.onfocus = button.onpointerenter = reach;
addEventListener("keydown", (/** @type {On<KeyboardEvent>} */ event) => {
  const asked =
    event.ctrlKey || event.metaKey
      ? event.key === "k"
      : event.key === "/" &&
        !event.target.matches(":read-write, select") &&
        !localStorage["worked-out.slash"];
  if (!asked) return;
  event.preventDefault();
  open();
});
if (/[?&]q=/.test(location.search)) open();
