// A chart as a file: drawn again, larger for PNG, as shapes for SVG.
export function pictureLinks(figure, { view, place }, optionOf) {
  for (const button of figure?.querySelectorAll("[data-picture]") ?? []) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const isSvg = button.dataset.picture === "svg";
      const size = { width: Math.max(720, place.clientWidth), height: place.clientHeight };
      const other = echarts.init(isSvg ? null : document.createElement("div"), null, isSvg ? { renderer: "svg", ssr: true, ...size } : { renderer: "canvas", devicePixelRatio: 2, ...size });
      other.setOption({ ...optionOf(view), animation: false, backgroundColor: getComputedStyle(document.body).backgroundColor });
      const link = document.createElement("a");
      link.download = `${view.name}-${document.documentElement.dataset.snapshot}.${button.dataset.picture}`;
      link.href = isSvg ? URL.createObjectURL(new Blob([other.renderToSVGString()], { type: "image/svg+xml" })) : other.getDataURL({ type: "png", pixelRatio: 2 });
      link.click();
      other.dispose();
    });
  }
}
