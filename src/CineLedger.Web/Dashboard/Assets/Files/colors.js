// The colors of the theme, and the number formats of charts, which match those of tables (NumberFormat.cs).
const names = [
  "paper", "sheet", "text", "text-muted", "rule", "strong-rule", "revenue", "budget", "loss",
  "c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8", "h0", "h1", "h2",
];

export function readColors() {
  // Browsers resolve light-dark() in color properties, but not in custom ones.
  const probe = document.createElement("span");
  document.body.append(probe);
  const colors = {};
  for (const name of names) {
    probe.style.color = `var(--${name})`;
    colors[name] = getComputedStyle(probe).color;
  }
  const styles = getComputedStyle(document.documentElement);
  colors.sans = styles.getPropertyValue("--sans").trim();
  colors.serif = styles.getPropertyValue("--serif").trim();
  probe.remove();
  return colors;
}

const grouped = digits => new Intl.NumberFormat("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
const [whole, one, two] = [grouped(0), grouped(1), grouped(2)];

export function formatValue(value, unit, exact = false) {
  if (value === null || value === undefined) return "unknown";
  const size = Math.abs(value);
  return (value < 0 ? "−" : "") + formatScaled(size, unit, exact);
}

function formatScaled(size, unit, exact) {
  switch (unit) {
    case "money":
      if (exact || size < 1e6) return `$${whole.format(size)}`;
      return size >= 999.95e9 ? `$${one.format(size / 1e12)} tn` : size >= 999.95e6 ? `$${one.format(size / 1e9)} bn` : `$${one.format(size / 1e6)} m`;
    case "percent": return `${(size >= .1 ? whole : one).format(size * 100)} %`;
    case "measure": return size >= 1000 ? whole.format(size) : two.format(size);
    case "year": return String(size);
    default: return whole.format(size);
  }
}

// Axis labels are shorter than values: an axis has little room, and its steps are round numbers.
export function formatTick(value, unit) {
  if (unit === "percent") return `${whole.format(value * 100).replace("-", "−")} %`;
  if (unit !== "money") return new Intl.NumberFormat("en-US").format(value).replace("-", "−");
  if (value === 0) return "0";
  const size = Math.abs(value), sign = value < 0 ? "−" : "";
  const plain = new Intl.NumberFormat("en-US", { maximumFractionDigits: 1 });
  return sign + (size >= 1e12 ? `$${plain.format(size / 1e12)} tn` : size >= 1e9 ? `$${plain.format(size / 1e9)} bn`
    : size >= 1e6 ? `$${plain.format(size / 1e6)} m` : `$${plain.format(size / 1e3)} k`);
}
