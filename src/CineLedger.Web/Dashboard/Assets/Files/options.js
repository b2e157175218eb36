// Turns a ChartView into an ECharts option. Revenue, budget and losses always look the same: revenue is a line with dots, budget is dashed with diamonds, losses are hatched.
import { createCategoryAxis, createSideAxes, createValueAxis, findIncomplete, formatLabel, getRightMargin } from "./axes.js";
import { fade, formatValue } from "./colors.js";
import { createBumpOption, createHeatMapOption, createMarksOption } from "./grids.js";
import { createLegend, getLegendGrowth } from "./legend.js";
import { createEndLabel, getBarStyle, getStroke, splitLine } from "./series.js";
import { measureText, narrowWidth } from "./sizes.js";

export function createOption(view, colors, width, height) {
  const reducesMotion = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const option = {
    // Only the first drawing is animated: on a change of size, bars would travel over labels that are already in their new places.
    animation: !reducesMotion, animationDuration: 250, animationDurationUpdate: 0, textStyle: { fontFamily: colors.sans, fontSize: 13, color: colors.text },
    grid: createGrid(view, width, 14),
    legend: createLegend(view, colors, width),
    tooltip: createTooltip(view, colors),
  };
  return { ...option, ...optionsByKind[view.kind](view, colors, width, height) };
}

function createGrid(view, width, right) {
  return { left: 4, right, top: view.series.length > 1 ? 36 + getLegendGrowth(view, width) : view.incomplete ? 26 : 14, bottom: 4, containLabel: true };
}

const optionsByKind = {
  lines: createLineOption, bars: createBarOption, stacked: createBarOption, ranking: createRankingOption, bump: createBumpOption, heat: createHeatMapOption, marks: createMarksOption,
};

function createLineOption(view, colors, width) {
  // Names at the ends of several lines save the way to the legend.
  const labelWidth = view.series.length > 2 && width >= 700 ? Math.min(140, 16 + Math.max(...view.series.map(series => measureText(series.name)))) : 0;
  const isDense = (width - labelWidth) / view.labels.length < 11;
  const xAxis = createCategoryAxis(view, colors, false, width - labelWidth);
  return {
    grid: createGrid(view, width, getRightMargin(xAxis, width - labelWidth, Math.max(14, labelWidth))), xAxis, yAxis: createSideAxes(view, colors, createValueAxis(view, colors, 4)),
    series: view.series.flatMap((series, i) => splitLine(view, {
      name: series.name, type: "line", connectNulls: false, showSymbol: true, showAllSymbol: true, ...getStroke(series, i, colors, isDense && view.series.length > 2 ? 1.5 : 2),
      // A known year between two unknown ones has no line segment, so it always gets a symbol.
      symbolSize: isDense ? (value, { dataIndex: at }) => value !== null && series.data[at - 1] == null && series.data[at + 1] == null ? 5 : 0 : 7,
      ...(labelWidth > 0 ? createEndLabel(series, colors, labelWidth, width) : {}),
    }, series.data, colors)),
  };
}

function createBarOption(view, colors, width) {
  const isStacked = view.kind === "stacked";
  const xAxis = createCategoryAxis(view, colors, true, width);
  return {
    grid: createGrid(view, width, getRightMargin(xAxis, width)), xAxis, yAxis: createSideAxes(view, colors, createValueAxis(view, colors, 4)),
    series: view.series.map((series, i) => ({
      name: series.name, type: "bar", ...(isStacked ? { stack: "all" } : {}), barMaxWidth: 40, barCategoryGap: "20%", itemStyle: getBarStyle(view, series, i, -1, colors),
      data: series.data.map((value, at) => ({
        value, itemStyle: { ...(isStacked && view.labels.length <= 60 ? { borderColor: colors.paper, borderWidth: .5 } : {}), ...getBarStyle(view, series, i, at, colors) },
      })),
    })),
  };
}

/** Returns the height of a chart whose usual height is given: a legend of several rows adds to it, and on a phone, each name of a ranking stands above its bars. */
export function getNeededHeight(view, width, usual) {
  return view.kind === "ranking" && width < narrowWidth ? 70 + view.labels.length * (24 + 11 * view.series.length) : usual + getLegendGrowth(view, width);
}

function createRankingOption(view, colors, width, height) {
  const isNarrow = width < narrowWidth;
  const row = (height - 50) / view.labels.length;
  // No wider than the longest name, so that the bars get the rest.
  const nameWidth = Math.min(280, width * .42, 2 + Math.max(...view.labels.map(name => measureText(name))));
  const smallest = Math.min(0, ...view.series.flatMap(series => series.data).filter(value => value !== null));
  // An invisible bar above the others of a name has the name as its label.
  const names = {
    type: "bar", barWidth: 15, itemStyle: { color: "transparent" }, data: view.labels.map(() => smallest), tooltip: { show: false },
    label: { show: true, position: smallest < 0 ? "insideLeft" : "right", distance: 0, color: colors.text, fontSize: 13, width: width - 20, overflow: "truncate", formatter: ({ name }) => name },
  };
  return {
    // The last axis label is centered on the end of the axis, so half of it needs room to the right.
    grid: { left: 4, right: 34, top: view.series.length > 1 ? 36 + getLegendGrowth(view, width) : 14, bottom: 4, containLabel: true },
    xAxis: createValueAxis(view, colors, width < 500 ? 2 : 5),
    yAxis: {
      type: "category", data: view.labels, inverse: true, axisTick: { show: false }, axisLine: { lineStyle: { color: colors["strong-rule"] } },
      axisLabel: {
        show: !isNarrow, color: colors.text, width: nameWidth, overflow: row >= 31 ? "break" : "truncate", lineHeight: 15, fontSize: 13, interval: 0,
        formatter: name => name.length > 70 ? `${name.slice(0, 69)}…` : name,
      },
    },
    series: [
      ...(isNarrow ? [names] : []),
      ...view.series.map((series, i) => ({
        name: series.name, type: "bar", barGap: isNarrow ? "0%" : "8%", ...(isNarrow ? { barWidth: 10 } : { barMaxWidth: 16 }), barCategoryGap: "20%",
        itemStyle: getBarStyle(view, series, i, -1, colors), data: series.data.map((value, at) => ({ value, itemStyle: getBarStyle(view, series, i, at, colors) })),
      })),
    ],
  };
}

function createTooltip(view, colors) {
  const byCell = view.kind === "heat" || view.kind === "marks";
  const getLines = at => view.series.map(series => [series.name, series.data[at], series.notes?.[at]]);
  return {
    trigger: byCell ? "item" : "axis", confine: true, backgroundColor: colors.sheet, borderColor: colors["strong-rule"], borderWidth: 1, padding: [8, 12], className: "tip",
    axisPointer: {
      type: view.kind === "lines" || view.kind === "bump" ? "line" : "shadow", lineStyle: { color: colors["strong-rule"] }, shadowStyle: { color: fade(colors.text, .06) },
    },
    formatter: at => byCell ? createTip(view, at.value[0], [getLines(at.value[0])[at.value[1]]]) : createTip(view, at[0].dataIndex, getLines(at[0].dataIndex)),
  };
}

// Built from elements rather than as HTML: names come from the dataset and may contain anything.
function createTip(view, at, lines) {
  const box = document.createElement("div"), title = document.createElement("b"), list = document.createElement("dl");
  title.textContent = describeCategory(view, at);
  for (const [name, value, note] of lines.filter(line => line[1] != null || lines.length < 6)) {
    const [term, detail] = [document.createElement("dt"), document.createElement("dd")];
    term.textContent = name;
    detail.textContent = formatValue(value, view.unit, true) + (note ? ` (${note})` : "");
    list.append(term, detail);
  }
  box.append(title, list);
  return box;
}

/** Returns the name of a category, with a note if the dataset covers it only partly. */
export function describeCategory(view, at) {
  return formatLabel(view.labels[at]) + (at >= findIncomplete(view) ? ` (${view.incomplete.label})` : "");
}
