// How series look. None depends on color alone: lines differ in dashes and symbols, stacked bars in patterns, losses and unknown or incomplete values are hatched.
import { findIncomplete } from "./axes.js";
import { fade } from "./colors.js";
import { narrowWidth } from "./sizes.js";

const symbols = ["circle", "diamond", "triangle", "rect", "emptyCircle", "emptyDiamond", "emptyTriangle", "emptyRect"];
const dashes = ["solid", [6, 3], [2, 2], [10, 3, 2, 3], [12, 4], [4, 6], [1, 3], [8, 3, 2, 3, 2, 3]];
const incompleteDash = [2, 4];
const endLabelPitch = 16;
const hatch = { symbol: "rect", symbolSize: 1, rotation: Math.PI / 4, dashArrayX: [1, 0], dashArrayY: [2, 3] };
const patterns = [
  null, { ...hatch, dashArrayY: [2, 5] }, { symbol: "circle", symbolSize: .6, dashArrayX: [[6, 6], [0, 6, 6, 0]], dashArrayY: [6, 0] }, { ...hatch, rotation: -Math.PI / 4, dashArrayY: [2, 5] },
  { ...hatch, rotation: 0, dashArrayY: [2, 5] }, { ...hatch, rotation: Math.PI / 2, dashArrayY: [2, 5] }, { symbol: "rect", symbolSize: .5, dashArrayX: [[5, 5], [0, 5, 5, 0]], dashArrayY: [5, 0] },
  { ...hatch, rotation: Math.PI / 6, dashArrayY: [1, 3] },
];

export function getColor(series, index, colors) {
  const fixed = { revenue: colors.revenue, budget: colors.budget, foreground: colors.text, gainOrLoss: colors.revenue, unknown: colors["strong-rule"] };
  return fixed[series.color] ?? colors[`c${getPlace(series, index) + 1}`];
}

/** Returns the place of a series in the palette: its own, which is the same on several pages, or that of its order. */
function getPlace(series, index) {
  return (series.place ?? index) % symbols.length;
}

export function getStroke(series, index, colors, lineWidth) {
  const color = getColor(series, index, colors);
  const [type, symbol] = series.color === "budget" ? [[6, 3], "diamond"] : series.color === "palette" ? [dashes[getPlace(series, index)], symbols[getPlace(series, index)]] : ["solid", "circle"];
  return { ...createSymbol(symbol, color, colors), lineStyle: { color, type, width: lineWidth }, emphasis: { focus: "series" } };
}

// The open symbols of ECharts are white inside; these have the color of the page.
function createSymbol(symbol, color, colors) {
  const open = /^empty(.)(.*)$/.exec(symbol);
  return open ? { symbol: open[1].toLowerCase() + open[2], itemStyle: { color: colors.paper, borderColor: color, borderWidth: 1.6 } } : { symbol, itemStyle: { color } };
}

/** Writes the name of a line at its end, if it reaches the end of the chart. When the chart is laid out, spreadEndLabels moves labels that overlap. */
export function createEndLabel(series, colors, width, chartWidth) {
  return {
    endLabel: {
      show: series.data.at(-1) != null, formatter: "{a}", color: colors.text, width: width - 10, overflow: "truncate", fontSize: chartWidth < narrowWidth ? 11 : 13, distance: 8, lineHeight: 17,
    },
  };
}

/** Moves the names at the ends of lines apart, each as little as possible, and keeps them inside the chart. */
export function spreadEndLabels(chart, { series, legend }, height) {
  const ends = series.flatMap((line, i) => line.endLabel?.show && legend.selected?.[line.name] !== false ? [{ i, y: chart.convertToPixel({ seriesIndex: i }, [line.data.length - 1, line.data.at(-1).value ?? line.data.at(-1)])[1] }] : []);
  if (ends.length < 2) return;
  // Labels that overlap form a group, whose middle is the mean of their places.
  const pitch = Math.min(endLabelPitch, height / ends.length);
  const groups = [];
  for (const end of ends.sort((a, b) => a.y - b.y)) {
    groups.push(createGroup([end], pitch, height));
    while (groups.length > 1 && groups.at(-2).bottom > groups.at(-1).top) groups.push(createGroup(groups.splice(-2).flatMap(group => group.ends), pitch, height));
  }
  const offsets = new Map(groups.flatMap(({ ends, top }) => ends.map(({ i, y }, at) => [i, top + (at + .5) * pitch - y])));
  chart.setOption({ series: series.map((_, i) => offsets.has(i) ? { endLabel: { offset: [0, offsets.get(i)] } } : {}) });
}

function createGroup(ends, pitch, height) {
  const size = ends.length * pitch, mean = ends.reduce((sum, end) => sum + end.y, 0) / ends.length;
  const top = Math.max(0, Math.min(height - size, mean - size / 2));
  return { ends, top, bottom: top + size };
}

const hatched = (color, borderType = "solid") => ({ color: "transparent", borderColor: color, borderWidth: 1.2, borderType, decal: { ...hatch, color } });

/** Returns the style of a cell of a heat map: hatched in the color of the page if the dataset covers its period only partly. */
export function getCellStyle(view, at, colors) {
  return at >= findIncomplete(view) ? { decal: { ...hatch, dashArrayY: [2, 4], color: colors.paper } } : {};
}

/** Returns the style of a bar. */
export function getBarStyle(view, series, index, at, colors) {
  const color = getColor(series, index, colors), value = series.data[at];
  if (series.color === "gainOrLoss" && value < 0) return hatched(colors.loss);
  if (at >= findIncomplete(view)) return hatched(color, "dashed");
  if (series.color === "unknown" || (view.kind === "ranking" && series.color === "budget")) return hatched(color);
  const pattern = view.kind === "stacked" && series.color === "palette" ? patterns[getPlace(series, index)] : null;
  return { color, ...(pattern ? { decal: { ...pattern, color: fade(colors.paper, .4) } } : {}) };
}

/** Splits a line where the dataset begins to be incomplete: from there on it is thin and dotted. Both parts have one name and share an entry of the legend. */
export function splitLine(view, line, data, colors) {
  const from = findIncomplete(view);
  if (from >= data.length || data.slice(from).every(value => value == null)) return [{ ...line, data }];
  return [
    { ...line, endLabel: undefined, data: data.map((value, at) => at < from ? value : null) },
    {
      ...line, ...createSymbol("emptyCircle", line.lineStyle.color, colors), symbolSize: 5, lineStyle: { ...line.lineStyle, type: incompleteDash, width: 1.4 },
      // The dotted part begins at the last complete value, whose symbol belongs to the other part.
      data: data.map((value, at) => at < from - 1 || value == null ? null : { value, ...(at < from ? { symbol: "none" } : {}) }),
    },
  ];
}
