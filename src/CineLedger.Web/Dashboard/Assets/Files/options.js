// Turns a ChartView into an ECharts option. Revenue, budget and losses always look the same: revenue is a line with dots, budget is dashed with diamonds, losses are hatched.
import { formatTick, formatValue } from "./colors.js";
import { createBumpOption, createHeatMapOption } from "./grids.js";

const symbols = ["circle", "diamond", "triangle", "rect", "roundRect", "pin", "arrow", "emptyCircle"];
const dashes = ["solid", [6, 3], [2, 2], [8, 3, 2, 3], "solid", [6, 3], [2, 2], [8, 3, 2, 3]];
const hatch = { symbol: "rect", symbolSize: 1, rotation: Math.PI / 4, dashArrayX: [1, 0], dashArrayY: [2, 3] };

export function createOption(view, colors, width) {
  const reducesMotion = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const hasLegend = view.series.length > 1;
  const option = {
    animation: !reducesMotion, animationDuration: 250, textStyle: { fontFamily: colors.sans, fontSize: 13, color: colors.text },
    grid: { left: 4, right: 14, top: hasLegend ? 36 : 14, bottom: 4, containLabel: true },
    legend: {
      show: hasLegend, top: 0, left: 0, type: "scroll", itemWidth: 26, itemHeight: 10, icon: undefined,
      textStyle: { color: colors.text, fontSize: 13 }, pageTextStyle: { color: colors["text-muted"] },
    },
    tooltip: createTooltip(view, colors),
  };
  return { ...option, ...kinds[view.kind](view, colors, width) };
}

const kinds = {
  lines: (view, colors) => ({ ...createVerticalOption(view, colors), series: view.series.map((series, i) => ({
    ...named(series), type: "line", connectNulls: false, showSymbol: view.labels.length < 60, showAllSymbol: true, symbolSize: 7, ...getStroke(series, i, colors, 2),
    // A known year between two unknown ones has no line segment, so it always gets a symbol.
    ...(view.labels.length < 60 ? {} : {
      showSymbol: true,
      symbolSize: (value, { dataIndex: at }) => value !== null && series.data[at - 1] == null && series.data[at + 1] == null ? 5 : 0,
    }),
  })) }),
  bars: (view, colors) => ({ ...createVerticalOption(view, colors), series: view.series.map((series, i) => ({
    ...named(series), type: "bar", barMaxWidth: 34, barCategoryGap: "22%", itemStyle: { color: getColor(series, i, colors) },
    data: series.data.map(value => ({
      value, itemStyle: series.color === "gainOrLoss" ? getGainOrLossColor(value, colors) : { color: getColor(series, i, colors) },
    })),
  })) }),
  stacked: (view, colors) => ({ ...createVerticalOption(view, colors), series: view.series.map((series, i) => ({
    ...named(series), type: "bar", stack: "all", barMaxWidth: 40, barCategoryGap: "18%",
    itemStyle: series.color === "unknown"
      ? { color: "transparent", borderColor: colors["strong-rule"], borderWidth: 1, decal: { ...hatch, color: colors["strong-rule"] } }
      : { color: getColor(series, i, colors), borderColor: colors.paper, borderWidth: view.labels.length > 60 ? 0 : .5 },
  })) }),
  ranking: (view, colors, width) => ({
    // The last axis label is centered on the end of the axis, so half of it needs room to the right.
    grid: { left: 4, right: 34, top: view.series.length > 1 ? 36 : 14, bottom: 4, containLabel: true },
    xAxis: {
      type: "value", axisLabel: { color: colors["text-muted"], hideOverlap: true, formatter: value => formatTick(value, view.unit) },
      splitLine: { lineStyle: { color: colors.rule } }, splitNumber: width < 500 ? 2 : 5,
    },
    yAxis: { type: "category", data: view.labels, inverse: true, axisTick: { show: false }, axisLine: { lineStyle: { color: colors["strong-rule"] } },
      axisLabel: { color: colors.text, width: Math.min(220, width * .34), overflow: "truncate", fontSize: 13 } },
    series: view.series.map((series, i) => ({
      ...named(series), type: "bar", barMaxWidth: 16, barGap: "8%",
      data: series.color === "gainOrLoss" ? series.data.map(value => ({ value, itemStyle: getGainOrLossColor(value, colors) })) : series.data,
      itemStyle: series.color === "budget" ? { color: "transparent", borderColor: colors.budget, borderWidth: 1.5, decal: { ...hatch, color: colors.budget } }
        : { color: getColor(series, i, colors) },
    })),
  }),
  bump: createBumpOption,
  heat: createHeatMapOption,
  marks: (view, colors, width) => ({ ...createRankingOption(view, colors, width), series: [{ type: "scatter", symbol: "rect",
    symbolSize: [Math.max(3, Math.min(26, (width * .72) / view.labels.length - 1)), 13], itemStyle: { color: colors.c1 },
    data: view.series.flatMap((series, y) => series.data.map((value, x) => [x, y, value]).filter(cell => cell[2] !== null)) }] }),
};

export const named = series => ({ name: series.name, data: series.data });

export function createVerticalOption(view, colors) {
  const hasManyYears = view.labels.length > 24 && /^\d{4}$/.test(view.labels[0]);
  const yearStep = view.labels.length > 70 ? 20 : 10;
  return {
    xAxis: {
      type: "category", data: view.labels, boundaryGap: view.kind !== "lines" && view.kind !== "bump", axisTick: { show: false },
      axisLine: { onZero: true, lineStyle: { color: colors["strong-rule"] } },
      axisLabel: { color: colors["text-muted"], hideOverlap: true, interval: hasManyYears ? index => Number(view.labels[index]) % yearStep === 0 : "auto" },
    },
    yAxis: {
      type: "value", splitNumber: 4, axisLabel: { color: colors["text-muted"], formatter: value => formatTick(value, view.unit) },
      splitLine: { lineStyle: { color: colors.rule } },
    },
  };
}

// One row per series. The axis labels replace the legend.
export function createRankingOption(view, colors, width) {
  return {
    legend: { show: false }, grid: { left: 4, right: 8, top: view.kind === "heat" ? 34 : 8, bottom: 4, containLabel: true },
    xAxis: { ...createVerticalOption(view, colors).xAxis, boundaryGap: true, splitLine: { show: false } },
    yAxis: {
      type: "category", inverse: true, data: view.series.map(series => series.name), axisTick: { show: false },
      axisLine: { lineStyle: { color: colors["strong-rule"] } },
      axisLabel: { color: colors.text, width: Math.min(180, width * .3), overflow: "truncate" }, splitLine: { show: true, lineStyle: { color: colors.rule } },
    },
  };
}

function getColor(series, index, colors) {
  const fixed = { revenue: colors.revenue, budget: colors.budget, foreground: colors.text, gainOrLoss: colors.revenue, unknown: colors["strong-rule"] };
  return fixed[series.color] ?? colors[`c${index % 8 + 1}`];
}

export function getStroke(series, index, colors, lineWidth) {
  const color = getColor(series, index, colors);
  const [type, symbol] = series.color === "budget" ? [[6, 3], "diamond"] : series.color === "palette" ? [dashes[index % 8], symbols[index % 8]] : ["solid", "circle"];
  return { symbol, itemStyle: { color }, lineStyle: { color, type, width: lineWidth }, emphasis: { focus: "series" } };
}

function getGainOrLossColor(value, colors) {
  return value < 0 ? { color: "transparent", borderColor: colors.loss, borderWidth: 1.5, decal: { ...hatch, color: colors.loss } } : { color: colors.revenue };
}

function createTooltip(view, colors) {
  const byCell = view.kind === "heat" || view.kind === "marks";
  return {
    trigger: byCell ? "item" : "axis", confine: true, backgroundColor: colors.sheet, borderColor: colors["strong-rule"], borderWidth: 1, padding: [8, 12], className: "tip",
    axisPointer: {
      type: view.kind === "lines" || view.kind === "bump" ? "line" : "shadow", lineStyle: { color: colors["strong-rule"] },
      shadowStyle: { color: colors.text, opacity: .06 },
    },
    formatter: at => byCell
      ? formatTooltip(view.labels[at.value[0]], [[view.series[at.value[1]].name, at.value[2], view.series[at.value[1]].notes?.[at.value[0]]]], view)
      : formatTooltip(view.labels[at[0].dataIndex], view.series.map(series => [series.name, series.data[at[0].dataIndex], series.notes?.[at[0].dataIndex]]), view),
  };
}

// Built from elements rather than as HTML: names come from the dataset and may contain anything.
function formatTooltip(heading, lines, view) {
  const box = document.createElement("div"), title = document.createElement("b"), list = document.createElement("dl");
  title.textContent = heading;
  for (const [name, value, note] of lines.filter(line => line[1] != null || lines.length < 6)) {
    const [term, detail] = [document.createElement("dt"), document.createElement("dd")];
    term.textContent = name;
    detail.textContent = formatValue(value, view.unit, true) + (note ? ` (${note})` : "");
    list.append(term, detail);
  }
  box.append(title, list);
  return box;
}
