// Draws the charts of a page. Each chart element contains its data as JSON (see ChartView); options.js decides how it looks. A chart is drawn once, when it is scrolled into
// view, and again only for another width or theme.
import { enableBrush } from "./chart-brush.js";
import { enableKeys, openCategory, openCell } from "./chart-keys.js";
import { readColors } from "./colors.js";
import { createOption, getNeededHeight } from "./options.js";
import { enablePrinting } from "./print.js";
import { spreadEndLabels } from "./series.js";

const drawn = new Map();

// Text is measured when a chart is drawn, so the fonts must be there. A slow connection does not delay charts for longer than this.
const fontTimeout = 1500;
const fontsAreLoaded = Promise.race([
  Promise.all(["13px 'Source Sans 3'", "600 13px 'Source Sans 3'"].map(font => document.fonts.load(font))), new Promise(resolve => setTimeout(resolve, fontTimeout)),
]).catch(() => {});

const visibility = new IntersectionObserver(entries => {
  for (const { target, isIntersecting } of entries) {
    if (!isIntersecting || target.clientWidth === 0) continue;
    visibility.unobserve(target);
    fontsAreLoaded.then(() => createChart(target));
  }
}, { rootMargin: "200px 0px" });

const sizes = new ResizeObserver(entries => {
  for (const { target } of entries) {
    const entry = drawn.get(target);
    if (!entry || target.clientWidth === 0 || target.clientWidth === entry.width) continue;
    fitHeight(entry);
    entry.chart.resize();
    drawChart(entry);
  }
});

function prepareCharts(within) {
  for (const place of within.querySelectorAll("[data-chart]")) {
    place.hidden = false;
    fitHeight({ place, view: readView(place) });
    visibility.observe(place);
  }
}

function readView(place) {
  return JSON.parse(place.querySelector("script").textContent);
}

function fitHeight({ place, view }) {
  place.style.height = "";
  const height = getNeededHeight(view, place.clientWidth, place.clientHeight);
  if (height !== place.clientHeight) place.style.height = `${height}px`;
}

function createChart(place) {
  if (!place.isConnected || drawn.has(place)) return;
  const canvas = document.createElement("div");
  canvas.className = "canvas";
  canvas.setAttribute("aria-hidden", "true");
  place.append(canvas);
  const view = readView(place);
  // The fonts have loaded, and with them the texts have their widths.
  fitHeight({ place, view });
  const entry = { place, view, chart: echarts.init(canvas, null, { renderer: "canvas" }), draws: 0 };
  drawn.set(place, entry);
  // For the console of the browser, and for tests.
  place.drawing = entry;
  drawChart(entry);
  const { chart } = entry;
  chart.on("click", event => view.cellLinks ? openCell(view, event.value) : openCategory(view, event.dataIndex));
  if (view.links || view.cellLinks) chart.getZr().setCursorStyle("pointer");
  chart.on("legendselectchanged", ({ selected }) => spreadEndLabels(chart, { ...entry.option, legend: { selected } }, place.clientHeight));
  enableKeys(entry);
  enableBrush(entry);
  sizes.observe(place);
}

function drawChart(entry) {
  const { chart, place, view } = entry;
  entry.width = place.clientWidth;
  entry.option = createOption(view, readColors(), place.clientWidth, place.clientHeight);
  chart.setOption(entry.option, { notMerge: true });
  spreadEndLabels(chart, entry.option, place.clientHeight);
  entry.draws++;
}

function redrawCharts() {
  drawn.forEach(drawChart);
}

addEventListener("themechange", redrawCharts);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redrawCharts);

// A part of the page was replaced, such as the results of a search.
document.addEventListener("contentreplaced", event => {
  for (const [place, { chart }] of drawn) {
    if (place.isConnected) continue;
    sizes.unobserve(place);
    chart.dispose();
    drawn.delete(place);
  }
  prepareCharts(event.target);
});

prepareCharts(document);
enablePrinting(readView);
