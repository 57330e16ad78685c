// The end of an essay. Which essays were read to theirs is kept on the reader's device and nowhere else, and marked
// wherever an essay is named; and an essay can be printed alone or with its numbers.

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

// Without this script the foot of the page only leads to the numbers, a page that prints as well.
const line = document.querySelector("[data-print]");
if (line) {
  const numbers = line.querySelector("a");
  /** @type {(text: string, run: () => void) => void} */
  const offer = (text, run) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = text;
    button.onclick = run;
    line.append(" · ", button);
  };
  offer(say("print.alone"), () => print());
  offer(say("print.with_numbers"), async () => {
    try {
      const html = await (await fetch(numbers.href)).text();
      const works = new DOMParser().parseFromString(html, "text/html").querySelector(".works");
      works.classList.add("appended");
      document.querySelector("article").after(works);
      addEventListener("afterprint", () => works.remove(), { once: true });
      print();
    } catch {
      location.href = numbers.href;
    }
  });
}
