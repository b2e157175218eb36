// Tables that are whole on the page can be ordered by a click on a heading. Unknown values come last, whichever way.
export function makeSortable(table) {
  const headings = [...table.tHead.rows[0].cells];
  headings.forEach((heading, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => {
      const isNumber = heading.classList.contains("number");
      const now = heading.getAttribute("aria-sort");
      const descending = now ? now === "ascending" : isNumber;
      for (const other of headings) other.removeAttribute("aria-sort");
      heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
      const rows = [...table.tBodies[0].rows].map(row => ({ row, value: valueOf(row.cells[column], isNumber) }));
      rows.sort((a, b) => a.value === null ? (b.value === null ? 0 : 1) : b.value === null ? -1
        : (isNumber ? a.value - b.value : a.value.localeCompare(b.value)) * (descending ? -1 : 1));
      table.tBodies[0].append(...rows.map(({ row }) => row));
    });
  });
}

function valueOf(cell, isNumber) {
  if (cell.querySelector(".unknown")) return null;
  return isNumber ? Number(cell.querySelector("data")?.value ?? NaN) : cell.textContent.trim();
}
