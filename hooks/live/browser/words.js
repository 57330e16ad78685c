// Terms and citations show their cards on hover and focus as well; pressing a term shows its card without this script.

let /** @type {HTMLElement} */ mark, /** @type {number} */ timer, /** @type {boolean} */ pressed;

/** @type {(one: HTMLElement) => HTMLElement} */
const cardOf = (one) =>
  document.getElementById(one.dataset.card ?? one.getAttribute("popovertarget"));
/** @type {(act: () => void, after: number) => void} */
const soon = (act, after) => {
  clearTimeout(timer);
  timer = setTimeout(act, after);
};

/** @type {(one: HTMLElement) => void} */
const show = (one) => {
  const card = cardOf(one);
  if (card.matches(":popover-open") || document.querySelector(".work:popover-open")) return;
  mark?.style.removeProperty("anchor-name");
  mark = one;
  pressed = false;
  mark.style.setProperty("anchor-name", "--mark");
  card.style.setProperty("position-anchor", "--mark");
  card.showPopover();
};

const hide = () => {
  if (mark && !pressed && cardOf(mark).matches(":popover-open")) cardOf(mark).hidePopover();
};

for (const one of document.querySelectorAll(".term, .cited"))
  one.setAttribute("aria-describedby", cardOf(one).id);

document.addEventListener("pointerover", (/** @type {On<PointerEvent>} */ event) => {
  if (event.pointerType === "touch") return;
  const near = event.target.closest(".term, .cited, .gloss");
  if (!near) soon(hide, 300);
  else if (near.popover) clearTimeout(timer);
  else soon(() => show(near), 150);
});

document.addEventListener("focusin", (/** @type {On<FocusEvent>} */ event) => {
  const one = event.target;
  if (one.matches(".term, .cited") && one.matches(":focus-visible")) show(one);
  else if (!one.closest(".gloss")) hide();
});

// Pressing keeps a card that hovering has shown. On a touch screen a citation shows its card first and leads on at the
// second tap, by which the browser has closed the card.
document.addEventListener(
  "click",
  (/** @type {On<PointerEvent>} */ event) => {
    const one = event.target.closest(".term, .cited"),
      again = pressed && mark === one;
    if (!one || (one.dataset.card && (event.pointerType !== "touch" || again))) return;
    clearTimeout(timer);
    if (one.dataset.card) {
      event.preventDefault();
      show(one);
    } else if (!again) {
      hide();
      mark = one;
    }
    pressed = true;
  },
  true
);
