// Tables whose rows can be put in the order of a column of numbers, in the reader's scenario. They stand as the writer
// ordered them until the scenario changes (then `data-sort` names the column, from 0) or a reader presses a column's head.
// The largest number comes first, but in the column that `data-ascending` names; a row without a number comes last.
const { reference, valueOf, home, now, follow, element } = live;

for (const frame of /** @type {NodeListOf<HTMLElement>} */ (
  document.querySelectorAll("[data-sort]")
)) {
  const table = frame.querySelector("table"),
    body = table.tBodies[0],
    heads = [...table.querySelectorAll("th")],
    written = [...body.rows];
  /** The column that the reader has chosen. */
  let chosen = -1;

  /** @type {(column: number) => boolean} */
  const ascends = (column) => frame.dataset.ascending === String(column);
  /** @type {(row: HTMLTableRowElement, column: number) => number} */
  function value(row, column) {
    /** @type {HTMLElement} */
    const number = row.cells[column].querySelector("[data-n], [data-fixed]");
    const found = number && valueOf(reference(number.dataset.n ?? number.dataset.fixed), now());
    return typeof found === "number" ? (ascends(column) ? -found : found) : -Infinity;
  }

  function sort() {
    const column = chosen >= 0 || now() === home ? chosen : Number(frame.dataset.sort);
    body.append(
      ...(column < 0
        ? written
        : [...written].sort((one, other) => value(other, column) - value(one, column) || 0))
    );
    heads.forEach((head, k) => {
      head.ariaSort = k === column ? (ascends(k) ? "ascending" : "descending") : null;
    });
  }

  heads.forEach((head, k) => {
    if (written.every((row) => !row.cells[k].querySelector("[data-n]"))) return;
    const button = element("button", { type: "button" }, ...head.childNodes);
    button.onclick = () => {
      chosen = chosen === k ? -1 : k;
      sort();
    };
    head.append(button);
  });
  follow(sort);
}
