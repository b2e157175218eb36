// Sorts tables that are complete on the page when a heading is clicked. Unknown values stay last in both directions.
export function makeSortable(table) {
  const headings = [...table.tHead.rows[0].cells];
  headings.forEach((heading, column) => {
    const button = document.createElement("button");
    button.type = "button";
    // The link to the glossary stays beside the button.
    button.append(...[...heading.childNodes].filter(node => !node.matches?.(".term")));
    heading.prepend(button);
    button.addEventListener("click", () => {
      const isNumber = heading.classList.contains("number");
      const now = heading.getAttribute("aria-sort");
      const descending = now ? now === "ascending" : isNumber;
      for (const other of headings) other.removeAttribute("aria-sort");
      heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
      const rows = [...table.tBodies[0].rows].map(row => ({ row, value: getValue(row.cells[column], isNumber) }));
      rows.sort((a, b) => a.value === null ? (b.value === null ? 0 : 1) : b.value === null ? -1
        : (isNumber ? a.value - b.value : a.value.localeCompare(b.value)) * (descending ? -1 : 1));
      table.tBodies[0].append(...rows.map(({ row }) => row));
    });
  });
}

function getValue(cell, isNumber) {
  if (cell.querySelector(".unknown")) return null;
  return isNumber ? Number(cell.querySelector("data")?.value ?? NaN) : cell.textContent.trim();
}
