// The colors of the theme, and the number formats of charts, which match those of tables (NumberFormat.cs).
const colorNames = [
  "paper", "sheet", "text", "text-muted", "rule", "strong-rule", "revenue", "budget", "loss",
  "c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8", "h1", "h2", "h3", "h4", "h5", "h6",
];

/** Reads the colors of the page or, for paper, those of the light theme. */
export function readColors(isForPaper = false) {
  // Browsers resolve light-dark() in color properties, but not in custom ones.
  const probe = document.createElement("span");
  if (isForPaper) probe.style.colorScheme = "light";
  document.body.append(probe);
  const colors = {};
  for (const name of colorNames) {
    probe.style.color = `var(--${name})`;
    colors[name] = getComputedStyle(probe).color;
  }
  const styles = getComputedStyle(document.documentElement);
  // With double quotes, an SVG image would not be valid XML: ECharts does not escape them.
  colors.sans = styles.getPropertyValue("--sans").trim().replaceAll('"', "'");
  if (isForPaper) colors.paper = colors.sheet = "rgb(255, 255, 255)";
  probe.remove();
  return colors;
}

/** Returns a color of the theme with an opacity. */
export function fade(color, opacity) {
  return `rgba(${color.match(/[\d.]+/g).slice(0, 3).join(",")},${opacity})`;
}

const grouped = digits => new Intl.NumberFormat("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
const [whole, one, two] = [grouped(0), grouped(1), grouped(2)];
const [upToOne, upToTwo] = [1, 2].map(digits => new Intl.NumberFormat("en-US", { maximumFractionDigits: digits }));
const scales = [[1e12, "tn"], [1e9, "bn"], [1e6, "m"]];

export function formatValue(value, unit, exact = false) {
  if (value === null || value === undefined) return "unknown";
  return (value < 0 ? "−" : "") + formatSize(Math.abs(value), unit, exact);
}

function formatSize(size, unit, exact) {
  switch (unit) {
    case "money": return exact || size < 1e6 ? `$${whole.format(size)}` : formatMillions(size);
    case "percent": return `${(size >= 10 ? whole : one).format(size * 100)} %`;
    case "measure": return size >= 1000 ? whole.format(size) : two.format(size);
    case "year": return String(size);
    default: return whole.format(size);
  }
}

// Three significant digits. Rounding to them may lead to the next unit: 999.6 million are $1.00 bn.
function formatMillions(size) {
  const rounded = Number(size.toPrecision(3));
  const [unit, word] = scales.find(scale => rounded >= scale[0]);
  const part = rounded / unit;
  return `$${(part >= 100 ? whole : part >= 10 ? one : two).format(part)} ${word}`;
}

/** Axis labels are shorter than values: an axis has little room, and its steps are round numbers. */
export function formatTick(value, unit) {
  const size = Math.abs(value), sign = value < 0 ? "−" : "";
  if (unit === "percent") return `${sign}${upToOne.format(size * 100)} %`;
  if (unit === "year") return String(value);
  if (unit !== "money") return sign + upToTwo.format(size);
  const [scale, word] = scales.find(entry => size >= entry[0]) ?? (size >= 1e3 ? [1e3, "k"] : [1, ""]);
  return size === 0 ? "0" : `${sign}$${upToTwo.format(size / scale)} ${word}`.trim();
}
