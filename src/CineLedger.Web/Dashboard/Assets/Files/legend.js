// The legend above a chart: it wraps, because a reader must see all names at once, and the chart begins below its last row.
const [symbolWidth, gap, rowHeight, padding] = [28, 15, 24, 6];
const maxRows = 5;
const context = document.createElement("canvas").getContext("2d");

/** Returns the width of a text in the font of the page. */
export function measureText(text, size = 13) {
  context.font = `${size}px ${getComputedStyle(document.body).fontFamily}`;
  return Math.ceil(context.measureText(text).width);
}

/** Returns the height that the rows of a legend need beyond the first one, for which every chart has room. */
export function getLegendGrowth(view, width) {
  if (view.series.length < 2 || view.kind === "heat" || view.kind === "marks") return 0;
  const rows = countRows(view, width);
  return rows > maxRows ? 0 : (rows - 1) * rowHeight;
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
  return {
    show: view.series.length > 1, top: 0, left: 0, right: 0, itemWidth: symbolWidth, itemHeight: 11, data: view.series.map(series => series.name),
    // Very many names are paged.
    type: countRows(view, width) > maxRows ? "scroll" : "plain",
    textStyle: { color: colors.text, fontSize: 13, lineHeight: 14 }, pageTextStyle: { color: colors["text-muted"] }, pageIconColor: colors.text, pageIconInactiveColor: colors["strong-rule"],
  };
}
