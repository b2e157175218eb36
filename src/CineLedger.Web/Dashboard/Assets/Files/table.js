// Tables: sorting by their headings, the rows that the page leaves out, and one tab stop with arrow keys between the cells.
import { enableCellKeys } from "./table-keys.js";

const pages = new Map();
const sources = new WeakMap();

export function enableTables(within) {
  for (const frame of within.querySelectorAll(".table-frame")) {
    const table = frame.querySelector("table");
    const rows = createRowSource(frame, table);
    sources.set(table, rows);
    if (table.hasAttribute("data-sortable")) makeSortable(table, rows);
    enableCellKeys(frame, table);
    watchEdge(frame);
  }
}

/** Returns all rows of the body of a table, also those that are not on the page. */
export async function fetchAllRows(table) {
  return sources.get(table)?.fetchAll() ?? [...table.tBodies[0].rows];
}

// Returns the rows of a table: those on the page and, after fetchAll, those that the page leaves out until they are requested.
function createRowSource(frame, table) {
  const body = table.tBodies[0];
  const link = frame.querySelector("[data-all-rows]");
  const source = { all: [...body.rows], shown: body.rows.length, fetchAll: async () => source.all };
  if (!link) return source;
  source.fetchAll = async () => {
    const page = await fetchPage(link.href);
    const rows = [...page.getElementById(link.hash.slice(1)).querySelector("tbody").rows].slice(source.all.length);
    source.all.push(...rows.map(row => document.adoptNode(row)));
    source.fetchAll = async () => source.all;
    return source.all;
  };
  link.addEventListener("click", async event => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    try {
      const before = source.shown;
      source.shown = (await source.fetchAll()).length;
      body.append(...source.all);
      link.parentElement.remove();
      frame.dispatchEvent(new Event("rowschange"));
      (body.rows[before]?.querySelector("a") ?? frame).focus();
    } catch {
      location.href = link.href;
    }
  });
  return source;
}

// All tables of a page come from one request.
function fetchPage(address) {
  const page = address.split("#")[0];
  if (!pages.has(page)) {
    pages.set(page, fetch(page, { headers: { Accept: "text/html" } }).then(async response => {
      if (!response.ok) throw new Error(response.statusText);
      return new DOMParser().parseFromString(await response.text(), "text/html");
    }));
    pages.get(page).catch(() => pages.delete(page));
  }
  return pages.get(page);
}

// Sorts all rows when a heading is clicked, also those that are not on the page yet. Unknown values and texts among numbers stay last in both directions.
function makeSortable(table, source) {
  const headings = [...table.tHead.rows[0].cells];
  headings.forEach((heading, column) => {
    const button = document.createElement("button");
    button.type = "button";
    // The link to the glossary stays beside the button.
    button.append(...[...heading.childNodes].filter(node => !node.matches?.(".term")));
    heading.prepend(button);
    button.addEventListener("click", async () => {
      const isNumber = heading.classList.contains("number");
      const now = heading.getAttribute("aria-sort");
      const descending = now ? now === "ascending" : isNumber;
      const rows = (await source.fetchAll()).map(row => ({ row, value: getValue(row.cells[column], isNumber) }));
      for (const other of headings) other.removeAttribute("aria-sort");
      heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
      rows.sort((a, b) => a.value === null ? (b.value === null ? 0 : 1) : b.value === null ? -1
        : (isNumber ? a.value - b.value : a.value.localeCompare(b.value)) * (descending ? -1 : 1));
      source.all = rows.map(({ row }) => row);
      table.tBodies[0].replaceChildren(...source.all.slice(0, source.shown));
      table.parentElement.dispatchEvent(new Event("rowschange"));
    });
  });
}

function getValue(cell, isNumber) {
  if (cell.querySelector(".unknown")) return null;
  if (!isNumber) return cell.textContent.trim();
  // A text among numbers, such as "undated" among years, has no place in their order.
  const number = cell.querySelector("data");
  return number ? Number(number.value) : null;
}

// Marks a table whose right columns are outside its frame.
function watchEdge(frame) {
  const mark = () => frame.classList.toggle("cut", frame.scrollWidth - frame.clientWidth - frame.scrollLeft > 2);
  frame.addEventListener("scroll", mark, { passive: true });
  new ResizeObserver(mark).observe(frame);
}
