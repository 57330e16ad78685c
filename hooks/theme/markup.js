// A button on every block of code, which copies it.

const [copy, copied] = /** @type {HTMLScriptElement} */ (
  document.currentScript
).dataset.texts.split("|");

for (const block of document.querySelectorAll("article .highlight > pre")) {
  const button = Object.assign(document.createElement("button"), {
    type: "button",
    className: "copy",
    ariaLabel: copy,
    title: copy
  });
  const status = Object.assign(document.createElement("span"), {
    className: "spoken",
    role: "status"
  });
  button.onclick = async () => {
    /** @type {any} */
    const code = block.querySelector("code").cloneNode(true);
    for (const mark of code.querySelectorAll(".annotation")) mark.remove();
    const text = code.textContent.replace(/[ \t]+$/gm, "").trimEnd();
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      return prompt(copy, text);
    }
    button.dataset.done = status.textContent = copied;
    setTimeout(() => {
      delete button.dataset.done;
      status.textContent = "";
    }, 2000);
  };
  block.before(button);
  block.after(status);
}
