// Charts of many names over the years: a heat map (one cell per name and year) and a bump chart (ranks from year to year).
import { formatValue } from "./colors.js";
import { createRankingOption, createVerticalOption, getStroke, named } from "./options.js";

const steps = 6;

// Each color step covers the same number of cells. With steps of equal width, one outlier would leave all other cells pale.
function getQuantiles(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const edges = [...new Set(Array.from({ length: steps + 1 }, (_, i) => sorted[Math.round((sorted.length - 1) * i / steps)]))];
  return edges.length < 2 ? [{ value: edges[0] }] : edges.slice(1).map((edge, i) => ({ gte: edges[i], ...(i + 2 === edges.length ? { lte: edge } : { lt: edge }) }));
}

// Mixes two colors of the theme, so that the lowest step differs from the background, which means unknown.
function interpolate(one, other, share) {
  const [from, to] = [one, other].map(color => color.match(/[\d.]+/g).map(Number));
  return `rgb(${from.slice(0, 3).map((part, i) => Math.round(part + (to[i] - part) * share)).join(",")})`;
}

export function createHeatMapOption(view, colors, width) {
  const values = view.series.flatMap(series => series.data).filter(value => value !== null);
  const cells = view.series.flatMap((series, y) => series.data.map((value, x) => [x, y, value]).filter(cell => cell[2] !== null));
  const marked = view.series.flatMap((series, y) => (series.marked ?? []).map(x => [x, y, series.data[x]]));
  const option = createRankingOption(view, colors, width);
  const [labels, isNarrow] = [Math.min(130, width * .3), width < 500];
  const cell = (width - labels) / view.labels.length;
  return {
    ...option,
    xAxis: { ...option.xAxis, axisLabel: { ...option.xAxis.axisLabel, alignMaxLabel: "right" } },
    grid: { ...option.grid, top: 40, right: 14 },
    yAxis: { ...option.yAxis, axisLabel: { ...option.yAxis.axisLabel, interval: 0, fontSize: isNarrow ? 11 : 13 }, splitLine: { show: false } },
    visualMap: {
      // A phone has no room for the bounds of each step: only the minimum and the maximum are shown, at the ends.
      ...(isNarrow ? {
        text: [formatValue(Math.max(...values), view.unit), formatValue(Math.min(...values), view.unit)], showLabel: false, inverse: true,
      } : {}),
      type: "piecewise", seriesIndex: 0, dimension: 2, pieces: getQuantiles(values), orient: "horizontal", left: 0, top: 0,
      itemWidth: 16, itemHeight: 12, itemGap: isNarrow ? 6 : 12, itemSymbol: "rect",
      textStyle: { color: colors.text, fontSize: isNarrow ? 11 : 13 }, inRange: { color: [interpolate(colors.h0, colors.h1, .35), colors.h1, colors.h2] },
      formatter: (from, to) => to === undefined ? formatValue(from, view.unit) : `${formatValue(from, view.unit)}–${formatValue(to, view.unit)}`,
    },
    series: [
      {
        type: "heatmap", data: cells, itemStyle: { borderColor: colors.paper, borderWidth: cell > 6 ? 1 : 0 },
        emphasis: { itemStyle: { borderColor: colors.text, borderWidth: 1.5 } },
      },
      {
        type: "scatter", data: marked, silent: true, symbol: "circle", symbolSize: Math.max(2.5, Math.min(8, cell * .55)),
        itemStyle: { color: colors.text, borderColor: colors.paper, borderWidth: cell > 5 ? 1 : .4 },
      },
    ],
  };
}

export function createBumpOption(view, colors, width) {
  const isSingle = view.series.length === 1;
  const lowestRank = Math.max(1, ...view.series.flatMap(series => series.data).filter(value => value !== null));
  const labelWidth = isSingle ? 14 : Math.min(140, width * .28);
  const base = createVerticalOption(view, colors);
  return {
    ...base,
    grid: { left: 4, right: labelWidth, top: isSingle ? 14 : 40, bottom: 4, containLabel: true },
    yAxis: {
      type: "value", inverse: true, min: 1, max: lowestRank, interval: lowestRank > 10 ? undefined : 1, minInterval: 1,
      axisLabel: { color: colors["text-muted"], formatter: value => Number.isInteger(value) ? String(value) : "" },
      splitLine: { lineStyle: { color: colors.rule } },
    },
    // The value axis is inverted, which would put the axis of years at the top as well.
    xAxis: { ...base.xAxis, boundaryGap: false, position: "bottom", axisLine: { onZero: false, lineStyle: { color: colors["strong-rule"] } } },
    series: view.series.map((series, i) => ({
      ...named(series), type: "line", connectNulls: false, showAllSymbol: true, symbolSize: view.labels.length > 60 ? 3 : view.labels.length > 25 ? 6 : 9, clip: false,
      ...getStroke(series, i, colors, 2.5), emphasis: { focus: "series", lineStyle: { width: 4 } },
      endLabel: {
        show: !isSingle, formatter: "{a}", color: colors.text, width: labelWidth - 10, overflow: "truncate", fontSize: width < 500 ? 11 : 13, distance: 8, lineHeight: 17,
      },
      labelLayout: { moveOverlap: "shiftY" },
    })),
  };
}
