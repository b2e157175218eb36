// Printing: each chart is drawn as vector shapes in the colors of the light theme at the width of the paper, also one that was not scrolled into view yet.
import { readColors } from "./colors.js";
import { getLegendGrowth } from "./legend.js";
import { createOption } from "./options.js";
import { spreadEndLabels } from "./series.js";

// Widths in pixels that give text of the same size at the width of the paper, and at the part of it that a chart beside its table has.
const [paperWidth, halfWidth] = [980, 530];

export function enablePrinting(readView) {
  const pictures = [];
  addEventListener("beforeprint", () => {
    const colors = readColors(true);
    for (const place of document.querySelectorAll("[data-chart]")) {
      const view = readView(place);
      const width = place.closest(".beside") ? halfWidth : paperWidth;
      const height = getHeight(view, width);
      const picture = createPicture({ ...createOption(view, colors, width, height), animation: false }, width, height);
      place.after(picture);
      pictures.push(picture);
    }
  });
  addEventListener("afterprint", () => pictures.splice(0).forEach(picture => picture.remove()));
}

function getHeight(view, width) {
  switch (view.kind) {
    case "heat":
    case "marks": return 60 + 18 * view.series.length;
    case "ranking": return 50 + 26 * view.labels.length;
    // Each rank needs room for the name at its end.
    case "bump": return Math.min(440, Math.max(280, 60 + 16 * Math.max(...view.series.flatMap(series => series.data)))) + getLegendGrowth(view, width);
    default: return (width === paperWidth ? 320 : 250) + getLegendGrowth(view, width);
  }
}

function createPicture(option, width, height) {
  const copy = echarts.init(null, null, { renderer: "svg", ssr: true, width, height });
  copy.setOption(option);
  spreadEndLabels(copy, option, height);
  // The content security policy allows no styles in markup, but scripts may set them.
  const markup = copy.renderToSVGString().replace(/<style[^]*?<\/style>/g, "").replaceAll(" style=", " data-style=");
  copy.dispose();
  const svg = new DOMParser().parseFromString(markup, "image/svg+xml").documentElement;
  for (const element of svg.querySelectorAll("[data-style]")) element.style.cssText = element.dataset.style;
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.removeAttribute("width");
  svg.removeAttribute("height");
  svg.setAttribute("class", "print-picture");
  svg.setAttribute("aria-hidden", "true");
  return svg;
}
