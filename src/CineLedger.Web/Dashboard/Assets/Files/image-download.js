// Saves a chart as an image. It is drawn again: at twice the resolution for PNG, as vector shapes for SVG.
export function addImageDownloads(panel, { view, place }, createOption) {
  for (const button of panel?.querySelectorAll("[data-image]") ?? []) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const isSvg = button.dataset.image === "svg";
      const size = { width: Math.max(720, place.clientWidth), height: place.clientHeight };
      const copy = isSvg ? echarts.init(null, null, { renderer: "svg", ssr: true, ...size })
        : echarts.init(document.createElement("div"), null, { renderer: "canvas", devicePixelRatio: 2, ...size });
      copy.setOption({ ...createOption(view), animation: false, backgroundColor: getComputedStyle(document.body).backgroundColor });
      const link = document.createElement("a");
      link.download = `${view.name}-${document.documentElement.dataset.snapshot}.${button.dataset.image}`;
      link.href = isSvg ? URL.createObjectURL(new Blob([copy.renderToSVGString()], { type: "image/svg+xml" })) : copy.getDataURL({ type: "png", pixelRatio: 2 });
      link.click();
      copy.dispose();
    });
  }
}
