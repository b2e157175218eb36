// Charts of many names over the years: a cell for each (heat), and places from year to year (bump).
import { write } from "./inks.js";
import { named, rows, strokeOf, upright } from "./options.js";

const steps = 6;

// Steps of equal numbers of cells: by equal widths a single hit of a year would leave all others pale.
function quantiles(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const edges = [...new Set(Array.from({ length: steps + 1 }, (_, i) => sorted[Math.round((sorted.length - 1) * i / steps)]))];
  return edges.length < 2 ? [{ value: edges[0] }] : edges.slice(1).map((edge, i) => ({ gte: edges[i], ...(i + 2 === edges.length ? { lte: edge } : { lt: edge }) }));
}

// Two of the theme's inks, mixed: the least is to stand out from the paper, which is what is unknown.
function between(one, other, share) {
  const [from, to] = [one, other].map(ink => ink.match(/[\d.]+/g).map(Number));
  return `rgb(${from.slice(0, 3).map((part, i) => Math.round(part + (to[i] - part) * share)).join(",")})`;
}

export function heat(view, inks, width) {
  const values = view.series.flatMap(series => series.data).filter(value => value !== null);
  const cells = view.series.flatMap((series, y) => series.data.map((value, x) => [x, y, value]).filter(cell => cell[2] !== null));
  const marked = view.series.flatMap((series, y) => (series.marked ?? []).map(x => [x, y, series.data[x]]));
  const option = rows(view, inks, width);
  const [labels, isNarrow] = [Math.min(130, width * .3), width < 500];
  const cell = (width - labels) / view.x.length;
  return {
    ...option,
    xAxis: { ...option.xAxis, axisLabel: { ...option.xAxis.axisLabel, alignMaxLabel: "right" } },
    grid: { ...option.grid, top: 40, right: 14 },
    yAxis: { ...option.yAxis, axisLabel: { ...option.yAxis.axisLabel, interval: 0, fontSize: isNarrow ? 11 : 13 }, splitLine: { show: false } },
    visualMap: {
      // On a phone there is no room for each step's bounds: the least and the most stand at the ends.
      ...(isNarrow ? { text: [write(Math.max(...values), view.unit), write(Math.min(...values), view.unit)], showLabel: false, inverse: true } : {}),
      type: "piecewise", seriesIndex: 0, dimension: 2, pieces: quantiles(values), orient: "horizontal", left: 0, top: 0, itemWidth: 16, itemHeight: 12, itemGap: isNarrow ? 6 : 12, itemSymbol: "rect",
      textStyle: { color: inks.ink, fontSize: isNarrow ? 11 : 13 }, inRange: { color: [between(inks.h0, inks.h1, .35), inks.h1, inks.h2] },
      formatter: (from, to) => to === undefined ? write(from, view.unit) : `${write(from, view.unit)}–${write(to, view.unit)}`,
    },
    series: [
      { type: "heatmap", data: cells, itemStyle: { borderColor: inks.paper, borderWidth: cell > 6 ? 1 : 0 }, emphasis: { itemStyle: { borderColor: inks.ink, borderWidth: 1.5 } } },
      { type: "scatter", data: marked, silent: true, symbol: "circle", symbolSize: Math.max(2.5, Math.min(8, cell * .55)), itemStyle: { color: inks.ink, borderColor: inks.paper, borderWidth: cell > 5 ? 1 : .4 } },
    ],
  };
}

export function bump(view, inks, width) {
  const alone = view.series.length === 1;
  const most = Math.max(1, ...view.series.flatMap(series => series.data).filter(value => value !== null));
  const room = alone ? 14 : Math.min(140, width * .28);
  const base = upright(view, inks);
  return {
    ...base,
    grid: { left: 4, right: room, top: alone ? 14 : 40, bottom: 4, containLabel: true },
    yAxis: { type: "value", inverse: true, min: 1, max: most, interval: most > 10 ? undefined : 1, minInterval: 1, axisLabel: { color: inks.faint, formatter: value => Number.isInteger(value) ? String(value) : "" }, splitLine: { lineStyle: { color: inks.rule } } },
    // The first place is at the top, so the axis of years would be too.
    xAxis: { ...base.xAxis, boundaryGap: false, position: "bottom", axisLine: { onZero: false, lineStyle: { color: inks["strong-rule"] } } },
    series: view.series.map((series, i) => ({
      ...named(series), type: "line", connectNulls: false, showAllSymbol: true, symbolSize: view.x.length > 60 ? 3 : view.x.length > 25 ? 6 : 9, clip: false, ...strokeOf(series, i, inks, 2.5), emphasis: { focus: "series", lineStyle: { width: 4 } },
      endLabel: { show: !alone, formatter: "{a}", color: inks.ink, width: room - 10, overflow: "truncate", fontSize: width < 500 ? 11 : 13, distance: 8, lineHeight: 17 },
      labelLayout: { moveOverlap: "shiftY" },
    })),
  };
}
