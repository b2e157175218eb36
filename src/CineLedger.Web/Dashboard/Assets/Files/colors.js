// The inks of the theme, and how numbers are written in charts: as Figures.cs writes them in tables.
const names = ["paper", "sheet", "ink", "faint", "rule", "strong-rule", "earned", "spent", "loss", "c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8", "h0", "h1", "h2"];

export function readInks() {
  // light-dark() is resolved for properties that are colours, not for custom ones.
  const probe = document.createElement("span");
  document.body.append(probe);
  const inks = {};
  for (const name of names) {
    probe.style.color = `var(--${name})`;
    inks[name] = getComputedStyle(probe).color;
  }
  const styles = getComputedStyle(document.documentElement);
  inks.sans = styles.getPropertyValue("--sans").trim();
  inks.serif = styles.getPropertyValue("--serif").trim();
  probe.remove();
  return inks;
}

const grouped = digits => new Intl.NumberFormat("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
const [whole, one, two] = [grouped(0), grouped(1), grouped(2)];

export function write(value, unit, exact = false) {
  if (value === null || value === undefined) return "unknown";
  const size = Math.abs(value);
  return (value < 0 ? "−" : "") + sized(size, unit, exact);
}

function sized(size, unit, exact) {
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

// On an axis there is little room, and the steps are round.
export function tick(value, unit) {
  if (unit !== "money" || value === 0) return unit === "money" ? "0" : unit === "percent" ? `${whole.format(value * 100).replace("-", "−")} %` : new Intl.NumberFormat("en-US").format(value).replace("-", "−");
  const size = Math.abs(value), sign = value < 0 ? "−" : "";
  const plain = new Intl.NumberFormat("en-US", { maximumFractionDigits: 1 });
  return sign + (size >= 1e12 ? `$${plain.format(size / 1e12)} tn` : size >= 1e9 ? `$${plain.format(size / 1e9)} bn` : size >= 1e6 ? `$${plain.format(size / 1e6)} m` : `$${plain.format(size / 1e3)} k`);
}
