// The legend above a chart: it wraps, because a reader must see all names at once, and the chart begins below its last row.
import { measureText, narrowWidth } from "./sizes.js";

const [symbolWidth, gap, rowHeight, padding] = [28, 15, 24, 6];
const maxRows = 5;

/** The number of lines that a chart on a phone shows at first. */
const maxNarrowLines = 4;

/** Returns the height that the rows of a legend need beyond the first one, for which every chart has room. */
export function getLegendGrowth(view, width) {
  if (view.series.length < 2 || view.kind === "heat" || view.kind === "marks") return 0;
  const rows = countRows(view, width);
  return rows > maxRows ? 0 : (rows - 1) * rowHeight;
}

function isNarrowTangle(view, width) {
  return (view.kind === "lines" || view.kind === "bump") && width < narrowWidth && view.series.length > maxNarrowLines + 1;
}

function countRows(view, width) {
  const available = width - 2 * padding;
  let [rows, used] = [1, 0];
  for (const { name } of view.series) {
    const needed = symbolWidth + gap + measureText(name);
    if (used > 0 && used + needed > available) [rows, used] = [rows + 1, 0];
    used += needed;
  }
  return rows;
}

export function createLegend(view, colors, width) {
  // Many lines would be a tangle on a phone. The others are shown by a click on their name.
  const hidden = isNarrowTangle(view, width) ? view.series.slice(maxNarrowLines) : [];
  return {
    selected: Object.fromEntries(hidden.map(series => [series.name, false])), inactiveColor: colors["strong-rule"],
    show: view.series.length > 1, top: 0, left: 0, right: 0, itemWidth: symbolWidth, itemHeight: 11, data: view.series.map(series => series.name),
    // Very many names are paged.
    type: countRows(view, width) > maxRows ? "scroll" : "plain",
    textStyle: { color: colors.text, fontSize: 13, lineHeight: 14 }, pageTextStyle: { color: colors["text-muted"] }, pageIconColor: colors.text, pageIconInactiveColor: colors["strong-rule"],
  };
}
