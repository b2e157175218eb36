// Draws the charts of a page: the data stands beside each as JSON (see ChartView), the way it looks is here and in inks.js.
import { readInks, write } from "./inks.js";
import { optionOf } from "./options.js";
import { pictureLinks } from "./pictures.js";

const drawn = [];

/** For a part of the page that is to be replaced. */
export function forgetCharts(within) {
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
    draw(entry);
    follow(entry);
    pictureLinks(place.closest("figure"), entry, view => optionOf(view, readInks(), canvas.clientWidth));
    new ResizeObserver(() => { if (!chart.isDisposed()) { chart.resize(); draw(entry); } }).observe(canvas);
  }
  if (within !== document) return;
  const redraw = () => drawn.filter(entry => entry.place.isConnected).forEach(draw);
  addEventListener("themechange", redraw);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  addEventListener("beforeprint", redraw);
  document.fonts?.ready.then(redraw);
}

function draw({ view, chart, place }) {
  chart.setOption(optionOf(view, readInks(), place.clientWidth), { notMerge: true });
}

// The movies of a year and a name: the address has all else.
function openCell(view, [x, y]) {
  const address = new URL(view.cellLinks, location.href);
  for (const [name, value] of Object.entries({ genre: view.series[y].name, from: view.x[x], to: view.x[x] })) address.searchParams.set(name, value);
  location.href = address;
}

// A click leads to where the category does; arrow keys go through the categories and say their values.
function follow({ place, view, chart }) {
  const open = index => { if (view.links?.[index]) location.href = view.links[index]; };
  chart.on("click", event => view.cellLinks ? openCell(view, event.value) : open(event.dataIndex));
  if (view.links || view.cellLinks) chart.getZr().setCursorStyle("pointer");
  let at = -1;
  const spoken = document.createElement("span");
  spoken.className = "sr";
  spoken.setAttribute("aria-live", "polite");
  place.closest("figure")?.append(spoken);
  place.addEventListener("keydown", event => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (event.key === "Enter" && at >= 0) return open(at);
    if (!step) return;
    event.preventDefault();
    at = Math.min(view.x.length - 1, Math.max(0, at + step));
    if (view.kind !== "heat") chart.dispatchAction({ type: "showTip", seriesIndex: 0, dataIndex: at });
    spoken.textContent = `${view.x[at]}: ${view.series.filter(series => series.data[at] != null || view.series.length < 5)
      .map(series => `${series.name} ${write(series.data[at], view.unit)}`).join(", ")}`;
  });
  place.addEventListener("blur", () => chart.dispatchAction({ type: "hideTip" }));
}
