// Which essays were read to their end: kept on the reader's device and nowhere else, and marked wherever an essay is named.

const KEPT = "worked-out.read";

const kept = () => {
  try {
    return new Set((localStorage.getItem(KEPT) ?? "").split(" ").filter(Boolean));
  } catch {
    return new Set();
  }
};

const mark = () => {
  const read = kept();
  for (const place of document.querySelectorAll("[data-essay]")) {
    if (!read.has(place.dataset.essay) || place.querySelector(".read")) continue;
    const sign = document.createElement("span");
    sign.className = "read";
    sign.textContent = say("read.done");
    place.append(sign);
  }
};

const end = document.querySelector("[data-end]");
if (end)
  new IntersectionObserver((seen, observer) => {
    if (!seen.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    try {
      localStorage.setItem(KEPT, [...kept().add(end.dataset.end)].join(" "));
    } catch {
      /* a reader who keeps nothing has no marks */
    }
    mark();
  }).observe(end);

mark();
addEventListener("pageshow", mark); // back from an essay, to a page that the browser has kept
