// Charts of many names over the years: a heat map (one cell per name and year), marks (one row per name) and a bump chart (ranks from year to year).
import { createCategoryAxis, createSideAxes, getRightMargin } from "./axes.js";
import { formatTick } from "./colors.js";
import { createBounds } from "./heat-scale.js";
import { getLegendGrowth } from "./legend.js";
import { createEndLabel, getCellStyle, getStroke, splitLine } from "./series.js";
import { measureText, narrowWidth } from "./sizes.js";

/** Returns the cells of a chart with one row per series: column, row, value. */
export function listCells(view) {
  return view.series.flatMap((series, y) => series.data.map((value, x) => [x, y, value]).filter(cell => cell[2] !== null));
}

export function createHeatMapOption(view, colors, width) {
  const cells = listCells(view);
  const marked = view.series.flatMap((series, y) => (series.marked ?? []).map(x => [x, y, series.data[x]]));
  const isNarrow = width < narrowWidth;
  const rows = createRows(view, colors, width, { fontSize: isNarrow ? 11 : 13 });
  const cell = (width - Math.min(130, width * .3)) / view.labels.length;
  return {
    ...rows,
    // The steps are above the note on incomplete years.
    grid: { ...rows.grid, top: view.incomplete ? 50 : 40 },
    visualMap: {
      type: "piecewise", seriesIndex: 0, dimension: 2, pieces: createPieces(view, cells, colors, isNarrow), orient: "horizontal", left: 0, top: 0,
      itemWidth: isNarrow ? 12 : 16, itemHeight: 12, itemGap: isNarrow ? 5 : 12, textGap: isNarrow ? 3 : 8, itemSymbol: "rect", textStyle: { color: colors.text, fontSize: isNarrow ? 11 : 13 },
    },
    series: [
      {
        type: "heatmap", data: cells.map(value => ({ value, itemStyle: getCellStyle(view, value[0], colors) })), itemStyle: { borderColor: colors.paper, borderWidth: cell > 6 ? 1 : 0 }, emphasis: { itemStyle: { borderColor: colors.text, borderWidth: 1.5 } },
      },
      {
        type: "scatter", data: marked, silent: true, symbol: "circle", symbolSize: Math.max(2.5, Math.min(8, cell * .55)),
        itemStyle: { color: colors.text, borderColor: colors.paper, borderWidth: cell > 5 ? 1 : .4 },
      },
    ],
  };
}

// A phone has room only for the lower bound of each step.
function createPieces(view, cells, colors, isNarrow) {
  const bounds = createBounds(cells.map(([, , value]) => value), view.unit === "count");
  const write = bound => formatTick(bound, view.unit);
  return [undefined, ...bounds].map((from, i) => {
    const to = bounds[i];
    const label = from === undefined ? (to === undefined ? "" : `< ${write(to)}`) : to === undefined || isNarrow ? `≥ ${write(from)}` : `${write(from)}–${write(to)}`;
    // If there are fewer steps than colors, they spread over all of them.
    const color = colors[`h${bounds.length === 0 ? 4 : 1 + Math.round(i * 5 / bounds.length)}`];
    return { ...(from === undefined ? {} : { gte: from }), ...(to === undefined ? {} : { lt: to }), ...(from === undefined && to === undefined ? { gte: -Infinity } : {}), label, color };
  });
}

export function createMarksOption(view, colors, width) {
  const size = Math.max(3, Math.min(26, (width * .72) / view.labels.length - 1));
  return { ...createRows(view, colors, width), series: [{ type: "scatter", symbol: "rect", symbolSize: [size, 13], itemStyle: { color: colors.c1 }, data: listCells(view) }] };
}

// One row per series. The axis labels replace the legend.
function createRows(view, colors, width, label = {}) {
  const xAxis = createCategoryAxis(view, colors, true, width * .8);
  const nameWidth = Math.min(280, width * .4, 2 + Math.max(...view.series.map(series => measureText(series.name, label.fontSize))));
  return {
    legend: { show: false }, grid: { left: 4, right: getRightMargin(xAxis, width * .8), top: view.incomplete ? 26 : 8, bottom: 4, containLabel: true },
    xAxis: { ...xAxis, splitLine: { show: false } },
    yAxis: createSideAxes(view, colors, {
      type: "category", inverse: true, data: view.series.map(series => series.name), axisTick: { show: false }, axisLine: { lineStyle: { color: colors["strong-rule"] } },
      axisLabel: { color: colors.text, width: nameWidth, overflow: "truncate", interval: 0, ...label },
      splitLine: { show: view.kind === "marks", lineStyle: { color: colors.rule } },
    }),
  };
}

export function createBumpOption(view, colors, width) {
  const isSingle = view.series.length === 1;
  const lowestRank = Math.max(1, ...view.series.flatMap(series => series.data).filter(value => value !== null));
  const labelWidth = isSingle ? 14 : Math.min(140, width * .28);
  const pitch = (width - labelWidth) / view.labels.length;
  const xAxis = createCategoryAxis(view, colors, false, width - labelWidth);
  return {
    grid: { left: 4, right: getRightMargin(xAxis, width - labelWidth, labelWidth), top: isSingle && !view.incomplete ? 14 : 40 + getLegendGrowth(view, width), bottom: 4, containLabel: true },
    yAxis: createSideAxes(view, colors, {
      type: "value", inverse: true, min: 1, max: lowestRank, interval: lowestRank > 10 ? undefined : 1, minInterval: 1,
      axisLabel: { color: colors["text-muted"], formatter: value => Number.isInteger(value) ? String(value) : "" },
      splitLine: { lineStyle: { color: colors.rule } },
    }),
    // The value axis is inverted, which would put the axis of years at the top as well.
    xAxis: { ...xAxis, position: "bottom", axisLine: { onZero: false, lineStyle: { color: colors["strong-rule"] } } },
    series: view.series.flatMap((series, i) => splitLine(view, {
      name: series.name, type: "line", connectNulls: false, showAllSymbol: true, symbolSize: pitch < 11 ? 3 : pitch < 40 ? 6 : 9, clip: false,
      ...getStroke(series, i, colors, pitch < 11 ? 1.5 : 2.5), emphasis: { focus: "series", lineStyle: { width: 4 } },
      ...(isSingle ? {} : createEndLabel(series, colors, labelWidth, width)),
    }, series.data, colors)),
  };
}
