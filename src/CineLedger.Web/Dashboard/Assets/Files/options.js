// From a view of data to what ECharts is told. Meaning has a fixed ink and form: earned is a line through dots, spent is dashed with diamonds, a loss is hatched.
import { tick, write } from "./inks.js";
import { bump, heat } from "./grids.js";

const symbols = ["circle", "diamond", "triangle", "rect", "roundRect", "pin", "arrow", "emptyCircle"];
const dashes = ["solid", [6, 3], [2, 2], [8, 3, 2, 3], "solid", [6, 3], [2, 2], [8, 3, 2, 3]];
const hatch = { symbol: "rect", symbolSize: 1, rotation: Math.PI / 4, dashArrayX: [1, 0], dashArrayY: [2, 3] };

export function optionOf(view, inks, width) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const option = {
    animation: !still, animationDuration: 250, textStyle: { fontFamily: inks.sans, fontSize: 13, color: inks.ink },
    grid: { left: 4, right: 14, top: view.series.length > 1 ? 36 : 14, bottom: 4, containLabel: true },
    legend: { show: view.series.length > 1, top: 0, left: 0, type: "scroll", itemWidth: 26, itemHeight: 10, icon: undefined, textStyle: { color: inks.ink, fontSize: 13 }, pageTextStyle: { color: inks.faint } },
    tooltip: tooltip(view, inks),
  };
  return { ...option, ...kinds[view.kind](view, inks, width) };
}

const kinds = {
  lines: (view, inks) => ({ ...upright(view, inks), series: view.series.map((series, i) => ({
    ...named(series), type: "line", connectNulls: false, showSymbol: view.x.length < 60, showAllSymbol: true, symbolSize: 7, ...strokeOf(series, i, inks, 2),
    // A known year between unknown ones is no line: it is a point that must be seen.
    ...(view.x.length < 60 ? {} : { showSymbol: true, symbolSize: (value, { dataIndex: at }) => value !== null && series.data[at - 1] == null && series.data[at + 1] == null ? 5 : 0 }),
  })) }),
  bars: (view, inks) => ({ ...upright(view, inks), series: view.series.map((series, i) => ({
    ...named(series), type: "bar", barMaxWidth: 34, barCategoryGap: "22%", itemStyle: { color: inkOf(series, i, inks) },
    data: series.data.map(value => ({ value, itemStyle: series.ink === "gainOrLoss" ? gainOrLoss(value, inks) : { color: inkOf(series, i, inks) } })),
  })) }),
  stacked: (view, inks) => ({ ...upright(view, inks), series: view.series.map((series, i) => ({
    ...named(series), type: "bar", stack: "all", barMaxWidth: 40, barCategoryGap: "18%",
    itemStyle: series.ink === "unknown" ? { color: "transparent", borderColor: inks["strong-rule"], borderWidth: 1, decal: { ...hatch, color: inks["strong-rule"] } }
      : { color: inkOf(series, i, inks), borderColor: inks.paper, borderWidth: view.x.length > 60 ? 0 : .5 },
  })) }),
  ranking: (view, inks, width) => ({
    // The label of the last step stands half beyond the end of the axis.
    grid: { left: 4, right: 34, top: view.series.length > 1 ? 36 : 14, bottom: 4, containLabel: true },
    xAxis: { type: "value", axisLabel: { color: inks.faint, hideOverlap: true, formatter: value => tick(value, view.unit) }, splitLine: { lineStyle: { color: inks.rule } }, splitNumber: width < 500 ? 2 : 5 },
    yAxis: { type: "category", data: view.x, inverse: true, axisTick: { show: false }, axisLine: { lineStyle: { color: inks["strong-rule"] } },
      axisLabel: { color: inks.ink, width: Math.min(220, width * .34), overflow: "truncate", fontSize: 13 } },
    series: view.series.map((series, i) => ({ ...named(series), type: "bar", barMaxWidth: 16, barGap: "8%",
      data: series.ink === "gainOrLoss" ? series.data.map(value => ({ value, itemStyle: gainOrLoss(value, inks) })) : series.data, itemStyle: series.ink === "spent"
      ? { color: "transparent", borderColor: inks.spent, borderWidth: 1.5, decal: { ...hatch, color: inks.spent } } : { color: inkOf(series, i, inks) } })),
  }),
  bump, heat,
  marks: (view, inks, width) => ({ ...rows(view, inks, width), series: [{ type: "scatter", symbol: "rect",
    symbolSize: [Math.max(3, Math.min(26, (width * .72) / view.x.length - 1)), 13], itemStyle: { color: inks.c1 },
    data: view.series.flatMap((series, y) => series.data.map((value, x) => [x, y, value]).filter(cell => cell[2] !== null)) }] }),
};

export const named = series => ({ name: series.name, data: series.data });

export function upright(view, inks) {
  return {
    xAxis: { type: "category", data: view.x, boundaryGap: view.kind !== "lines" && view.kind !== "bump", axisTick: { show: false }, axisLine: { onZero: true, lineStyle: { color: inks["strong-rule"] } },
      axisLabel: { color: inks.faint, hideOverlap: true, interval: view.x.length > 24 && /^\d{4}$/.test(view.x[0]) ? index => Number(view.x[index]) % (view.x.length > 70 ? 20 : 10) === 0 : "auto" } },
    yAxis: { type: "value", splitNumber: 4, axisLabel: { color: inks.faint, formatter: value => tick(value, view.unit) }, splitLine: { lineStyle: { color: inks.rule } } },
  };
}

// A row for each series, with the legend in the axis.
export function rows(view, inks, width) {
  return {
    legend: { show: false }, grid: { left: 4, right: 8, top: view.kind === "heat" ? 34 : 8, bottom: 4, containLabel: true },
    xAxis: { ...upright(view, inks).xAxis, boundaryGap: true, splitLine: { show: false } },
    yAxis: { type: "category", inverse: true, data: view.series.map(series => series.name), axisTick: { show: false }, axisLine: { lineStyle: { color: inks["strong-rule"] } },
      axisLabel: { color: inks.ink, width: Math.min(180, width * .3), overflow: "truncate" }, splitLine: { show: true, lineStyle: { color: inks.rule } } },
  };
}

function inkOf(series, place, inks) {
  return { earned: inks.earned, spent: inks.spent, ink: inks.ink, gainOrLoss: inks.earned, unknown: inks["strong-rule"] }[series.ink] ?? inks[`c${place % 8 + 1}`];
}

export function strokeOf(series, place, inks, lineWidth) {
  const color = inkOf(series, place, inks);
  const [type, symbol] = series.ink === "spent" ? [[6, 3], "diamond"] : series.ink === "palette" ? [dashes[place % 8], symbols[place % 8]] : ["solid", "circle"];
  return { symbol, itemStyle: { color }, lineStyle: { color, type, width: lineWidth }, emphasis: { focus: "series" } };
}

function gainOrLoss(value, inks) {
  return value < 0 ? { color: "transparent", borderColor: inks.loss, borderWidth: 1.5, decal: { ...hatch, color: inks.loss } } : { color: inks.earned };
}

function tooltip(view, inks) {
  const byCell = view.kind === "heat" || view.kind === "marks";
  return {
    trigger: byCell ? "item" : "axis", confine: true, backgroundColor: inks.sheet, borderColor: inks["strong-rule"], borderWidth: 1, padding: [8, 12], className: "tip",
    axisPointer: { type: view.kind === "lines" || view.kind === "bump" ? "line" : "shadow", lineStyle: { color: inks["strong-rule"] }, shadowStyle: { color: inks.ink, opacity: .06 } },
    formatter: at => byCell ? tip(view.x[at.value[0]], [[view.series[at.value[1]].name, at.value[2], view.series[at.value[1]].notes?.[at.value[0]]]], view)
      : tip(view.x[at[0].dataIndex], view.series.map(series => [series.name, series.data[at[0].dataIndex], series.notes?.[at[0].dataIndex]]), view),
  };
}

// Built of elements: names are whatever the dataset says.
function tip(heading, lines, view) {
  const box = document.createElement("div"), title = document.createElement("b"), list = document.createElement("dl");
  title.textContent = heading;
  for (const [name, value, note] of lines.filter(line => line[1] != null || lines.length < 6)) {
    const [term, figure] = [document.createElement("dt"), document.createElement("dd")];
    term.textContent = name;
    figure.textContent = write(value, view.unit, true) + (note ? ` (${note})` : "");
    list.append(term, figure);
  }
  box.append(title, list);
  return box;
}
