// The axes of charts: their labels, steps and ends.
import { formatTick } from "./colors.js";
import { measureText } from "./sizes.js";

const monthNames = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const month = /^(\d{4})-(\d\d)$/;

/** The distance of the labels of years in pixels. */
const labelPitch = 48;

/** Returns the label of a category as a reader would write it: 2017-06 is Jun 2017. */
export function formatLabel(label) {
  const parts = month.exec(label);
  return parts ? `${monthNames[parts[2] - 1]} ${parts[1]}` : label;
}

/** Returns the index of the first category that the dataset covers only partly; the number of categories if there is none. */
export function findIncomplete(view) {
  const index = view.incomplete ? view.labels.indexOf(view.incomplete.first) : -1;
  return index < 0 ? view.labels.length : index;
}

/** The axis of categories, such as years, below a chart of about the given width. */
export function createCategoryAxis(view, colors, boundaryGap, width) {
  const axisLabel = { color: colors["text-muted"], hideOverlap: true, interval: "auto", formatter: formatLabel };
  const [first, last] = [view.labels[0], view.labels.at(-1)];
  const span = parseInt(last) - parseInt(first) + 1;
  if (/^\d{4}$/.test(first) ? view.labels.length > 2 : month.test(first) && view.labels.length > 24) {
    // Time is labeled at round years, as many as there is room for; more than two decades in steps of at least five years.
    const step = [1, 2, 5, 10, 20, 50].find(years => width * years / span >= labelPitch && (years > 2 || span <= 24)) ?? 100;
    const isDecade = span > view.labels.length * 5;
    axisLabel.interval = index => isDecade || parseInt(view.labels[index]) % step === 0 && !/-(?!01)/.test(view.labels[index]);
    axisLabel.formatter = label => label.slice(0, 4);
  } else if (month.test(first) && span === 1) {
    // The months of one year, which the heading names.
    axisLabel.formatter = label => formatLabel(label).slice(0, 3);
  }
  return { type: "category", data: view.labels, boundaryGap, axisTick: { show: false }, axisLine: { onZero: true, lineStyle: { color: colors["strong-rule"] } }, axisLabel };
}

/** Returns the room to the right of a chart of the given width: each label of the axis is centered under its category, so half of the last one may extend beyond the axis. */
export function getRightMargin({ data, boundaryGap, axisLabel }, width, atLeast = 14) {
  const pitch = width * .8 / data.length;
  const overhangs = data.map((label, at) => typeof axisLabel.interval === "function" && !axisLabel.interval(at) ? 0
    : measureText(axisLabel.formatter(label), 12) / 2 + 2 - (data.length - 1 - at + (boundaryGap ? .5 : 0)) * pitch);
  return Math.ceil(Math.max(atLeast, ...overhangs));
}

/** The axis of values. Counts and dollars have whole steps, and shares end at 100 %. */
export function createValueAxis(view, colors, splitNumber) {
  const isStacked = view.kind === "stacked";
  const largest = Math.max(0, ...view.labels.map((_, at) => view.series.map(series => series.data[at] ?? 0).reduce((a, b) => isStacked ? a + b : Math.max(a, b), 0)));
  // Shares of co-productions, which count for each studio, may exceed 100 %.
  const end = Math.ceil(largest * 4 - 1e-6) / 4;
  const isShare = view.unit === "percent" && end >= .75 && end <= 1.25;
  return {
    type: "value", splitNumber, ...(isShare ? { max: end, interval: .25 } : {}), minInterval: view.unit === "count" || view.unit === "money" || view.unit === "year" ? 1 : 0,
    axisLabel: { color: colors["text-muted"], hideOverlap: true, formatter: value => formatTick(value, view.unit) }, splitLine: { lineStyle: { color: colors.rule } },
  };
}

/** Returns the axes of values or names, with a label above the incomplete end of the chart: an axis without values, of which only the name is seen. */
export function createSideAxes(view, colors, axis) {
  if (findIncomplete(view) === view.labels.length) return axis;
  const label = { name: `Incomplete: ${view.incomplete.label}`, nameGap: 6, nameTextStyle: { align: "right", color: colors["text-muted"], fontSize: 12 } };
  const hidden = { axisLine: { show: false }, axisTick: { show: false }, axisLabel: { show: false }, splitLine: { show: false } };
  return [axis, { type: "value", position: "right", min: 0, max: 1, ...label, ...hidden }];
}
