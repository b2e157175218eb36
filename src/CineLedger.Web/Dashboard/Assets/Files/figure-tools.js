// The buttons in the menu of a figure: copying its table, its image, and the code to embed it. Everything else in the menu is a link.
import { fetchAllRows } from "./table.js";

const copiedDelay = 1500;

export function enableFigureTools(within = document) {
  for (const button of within.querySelectorAll("[data-copy-table]")) {
    button.hidden = false;
    button.addEventListener("click", () => confirmCopy(button, copyTable(button.closest("figure").querySelector("table"))));
  }
  for (const button of within.querySelectorAll("[data-copy-image]")) {
    if (!globalThis.ClipboardItem) continue;
    button.hidden = false;
    button.addEventListener("click", () => confirmCopy(button, copyImage(button.dataset.copyImage)));
  }
  for (const code of within.querySelectorAll("[data-embed]")) {
    const frame = document.createElement("iframe");
    frame.src = new URL(code.dataset.embed, location.href).href;
    frame.title = code.dataset.title;
    frame.width = "100%";
    frame.height = "620";
    frame.loading = "lazy";
    code.textContent = frame.outerHTML;
  }
}

async function confirmCopy(button, copied) {
  const label = button.textContent;
  try {
    await copied;
    button.textContent = "Copied";
  } catch {
    button.textContent = "Copying failed";
  }
  setTimeout(() => { button.textContent = label; }, copiedDelay);
}

// Copies all rows of a table, also those that are not on the page. Spreadsheets take the HTML, text editors the tab-separated lines.
async function copyTable(table) {
  const rows = [...table.tHead.rows, ...await fetchAllRows(table), ...table.tFoot?.rows ?? []];
  const lines = rows.map(row => [...row.cells].map(readCell).join("\t"));
  if (!globalThis.ClipboardItem) return navigator.clipboard.writeText(lines.join("\n"));
  const html = `<table>${rows.map(row => `<tr>${[...row.cells].map(cell => `<td>${escapeHtml(readCell(cell))}</td>`).join("")}</tr>`).join("")}</table>`;
  return navigator.clipboard.write([new ClipboardItem({ "text/html": new Blob([html], { type: "text/html" }), "text/plain": new Blob([lines.join("\n")], { type: "text/plain" }) })]);
}

// Numbers in full, and texts without the signs of the page, such as the link to the glossary.
function readCell(cell) {
  const number = cell.querySelector("data");
  if (number) return number.value;
  if (cell.querySelector(".unknown")) return "";
  const copy = cell.cloneNode(true);
  copy.querySelectorAll(".term, .sr").forEach(element => element.remove());
  return copy.textContent.trim().replace(/\s+/g, " ");
}

// The request is part of the clipboard item, because Safari allows writing only during the click.
function copyImage(address) {
  const image = fetch(address).then(response => response.ok ? response.blob() : Promise.reject(new Error(response.statusText)));
  return navigator.clipboard.write([new ClipboardItem({ "image/png": image })]);
}

function escapeHtml(text) {
  const element = document.createElement("span");
  element.textContent = text;
  return element.innerHTML;
}
