// Draws the charts of a page. Each chart element contains its data as JSON (see ChartView); this script, options.js and colors.js decide how it looks.
import { formatValue, readColors } from "./colors.js";
import { createOption } from "./options.js";

const drawn = [];

/** Disposes the charts in a part of the page that is about to be replaced. */
export function disposeCharts(within) {
  for (let i = drawn.length - 1; i >= 0; i--) {
    if (within.contains(drawn[i].place)) drawn.splice(i, 1)[0].chart.dispose();
  }
}

export function drawCharts(within = document) {
  if (!window.echarts) return;
  for (const place of within.querySelectorAll("[data-chart]")) {
    const view = JSON.parse(place.querySelector("script").textContent);
    place.hidden = false;
    const canvas = document.createElement("div");
    canvas.className = "canvas";
    canvas.setAttribute("aria-hidden", "true");
    canvas.style.height = "100%";
    place.append(canvas);
    const chart = echarts.init(canvas, null, { renderer: "canvas" });
    const entry = { place, view, chart };
    drawn.push(entry);
    drawChart(entry);
    observe(entry);
    new ResizeObserver(() => { if (!chart.isDisposed()) { chart.resize(); drawChart(entry); } }).observe(canvas);
  }
  if (within !== document) return;
  const redraw = () => drawn.filter(entry => entry.place.isConnected).forEach(drawChart);
  addEventListener("themechange", redraw);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  addEventListener("beforeprint", redraw);
  document.fonts?.ready.then(redraw);
}

function drawChart({ view, chart, place }) {
  chart.setOption(createOption(view, readColors(), place.clientWidth), { notMerge: true });
}

// Opens the movies of one genre and year. The address in the data already has every other parameter.
function openCell(view, [x, y]) {
  const address = new URL(view.cellLinks, location.href);
  const parameters = { genre: view.series[y].name, from: view.labels[x], to: view.labels[x] };
  for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value);
  location.href = address;
}

// A click opens the link of a category. Arrow keys move through the categories and announce their values.
function observe({ place, view, chart }) {
  const open = index => { if (view.links?.[index]) location.href = view.links[index]; };
  chart.on("click", event => view.cellLinks ? openCell(view, event.value) : open(event.dataIndex));
  if (view.links || view.cellLinks) chart.getZr().setCursorStyle("pointer");
  let at = -1;
  const announcement = document.createElement("span");
  announcement.className = "sr";
  announcement.setAttribute("aria-live", "polite");
  place.closest("figure")?.append(announcement);
  place.addEventListener("keydown", event => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (event.key === "Enter" && at >= 0) return open(at);
    if (!step) return;
    event.preventDefault();
    at = Math.min(view.labels.length - 1, Math.max(0, at + step));
    if (view.kind !== "heat") chart.dispatchAction({ type: "showTip", seriesIndex: 0, dataIndex: at });
    const values = view.series.filter(series => series.data[at] != null || view.series.length < 5)
      .map(series => `${series.name} ${formatValue(series.data[at], view.unit)}`);
    announcement.textContent = `${view.labels[at]}: ${values.join(", ")}`;
  });
  place.addEventListener("blur", () => chart.dispatchAction({ type: "hideTip" }));
}
