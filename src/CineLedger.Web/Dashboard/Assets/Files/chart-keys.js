// Charts by keyboard: arrows move through the values, starting at the newest, Home and End lead to the first and the last, Enter opens the movies behind a value. A screen reader
// announces each value.
import { formatValue } from "./colors.js";
import { listCells } from "./grids.js";
import { describeCategory } from "./options.js";

export function openCategory(view, at) {
  if (view.links?.[at]) location.href = view.links[at];
}

/** Opens the movies of one name and year. The address in the data already has every other parameter. */
export function openCell(view, [x, y]) {
  const address = new URL(view.cellLinks, location.href);
  const parameters = { genre: view.series[y].name, from: view.labels[x], to: view.labels[x] };
  for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value);
  location.href = address;
}

export function enableKeys({ place, view, chart }) {
  const isGrid = view.kind === "heat";
  const hasValue = (x, y) => isGrid ? view.series[y].data[x] !== null : view.series.some(series => series.data[x] !== null);
  const lastColumn = view.labels.length - 1;
  // Rankings start at the top.
  const start = view.kind === "ranking" ? 0 : lastColumn;
  let [x, y] = [-1, 0];
  const announcement = document.createElement("span");
  announcement.className = "sr";
  announcement.setAttribute("aria-live", "polite");
  place.after(announcement);

  const move = (from, step) => {
    for (let at = from; at >= 0 && at <= lastColumn; at += step) {
      if (!hasValue(at, y)) continue;
      x = at;
      return;
    }
  };

  function announce() {
    if (x < 0) return;
    showTip();
    const series = isGrid ? [view.series[y]] : view.series.filter(entry => entry.data[x] !== null || view.series.length < 5);
    const values = series.map(entry => `${entry.name} ${formatValue(entry.data[x], view.unit)}${entry.notes?.[x] ? `, ${entry.notes[x]}` : ""}`);
    announcement.textContent = `${describeCategory(view, x)}: ${values.join("; ")}`;
  }

  function showTip() {
    if (isGrid || view.kind === "marks") {
      const dataIndex = listCells(view).findIndex(cell => cell[0] === x && (!isGrid || cell[1] === y));
      return chart.dispatchAction({ type: "showTip", seriesIndex: 0, dataIndex });
    }
    const axis = view.kind === "ranking" ? "yAxisIndex" : "xAxisIndex";
    const position = chart.convertToPixel({ [axis]: 0 }, x);
    chart.dispatchAction({ type: "showTip", ...(view.kind === "ranking" ? { x: chart.getWidth() / 2, y: position } : { x: position, y: chart.getHeight() / 2 }) });
  }

  place.addEventListener("keydown", event => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Enter") {
      if (x >= 0) view.cellLinks ? openCell(view, [x, y]) : openCategory(view, x);
      return;
    }
    if (event.key === "Escape") return chart.dispatchAction({ type: "hideTip" });
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step && event.key !== "Home" && event.key !== "End") return;
    event.preventDefault();
    if (event.key === "Home") move(0, 1);
    else if (event.key === "End") move(lastColumn, -1);
    else if (x < 0) move(start, start === 0 ? 1 : -1);
    else if (isGrid && event.key.match(/Up|Down/)) {
      for (let row = y + step; row >= 0 && row < view.series.length; row += step) {
        if (view.series[row].data[x] === null) continue;
        y = row;
        break;
      }
    } else move(x + step, step);
    announce();
  });
  place.addEventListener("blur", () => chart.dispatchAction({ type: "hideTip" }));
}
