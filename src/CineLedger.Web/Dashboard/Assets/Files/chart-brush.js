// Dragging over a chart of years selects them for the whole page, as dragging over the timeline does. The form below the timeline does the same by keyboard and touch.
export function enableBrush({ place, view, chart }) {
  const form = document.querySelector("[data-timeline] form");
  if (!form || view.kind === "ranking" || view.labels.length < 3 || !view.labels.every(label => /^\d{4}$/.test(label))) return;
  const area = document.createElement("div");
  area.className = "brush";
  area.hidden = true;
  place.append(area);
  let from = null, to = null, wasDragged = false;
  const indexAt = event => {
    const index = chart.convertFromPixel({ xAxisIndex: 0 }, event.clientX - place.getBoundingClientRect().left);
    return Math.min(view.labels.length - 1, Math.max(0, Math.round(index)));
  };
  const stop = () => { from = null; area.hidden = true; };

  place.addEventListener("pointerdown", event => {
    wasDragged = false;
    if (event.button === 0 && event.pointerType === "mouse" && chart.containPixel({ gridIndex: 0 }, [event.offsetX, event.offsetY])) from = to = indexAt(event);
  });
  place.addEventListener("pointermove", event => {
    if (from === null || (area.hidden && indexAt(event) === from)) return;
    if (area.hidden) place.setPointerCapture(event.pointerId);
    to = indexAt(event);
    const [low, high] = [Math.min(from, to), Math.max(from, to)];
    const half = view.kind === "lines" || view.kind === "bump" ? 0 : (chart.convertToPixel({ xAxisIndex: 0 }, 1) - chart.convertToPixel({ xAxisIndex: 0 }, 0)) / 2;
    const [left, right] = [low, high].map(at => chart.convertToPixel({ xAxisIndex: 0 }, at));
    area.hidden = false;
    area.textContent = `${view.labels[low]}–${view.labels[high]}`;
    Object.assign(area.style, { left: `${left - half}px`, width: `${right - left + 2 * half}px` });
  });
  place.addEventListener("pointerup", () => {
    wasDragged = from !== null && !area.hidden;
    if (wasDragged && from !== to) {
      [form.elements.from.value, form.elements.to.value] = [Math.min(from, to), Math.max(from, to)].map(at => view.labels[at]);
      form.requestSubmit();
    }
    stop();
  });
  // The click that follows a drag would open the movies under the pointer.
  place.addEventListener("click", event => {
    if (!wasDragged) return;
    wasDragged = false;
    event.stopPropagation();
  }, { capture: true });
  place.addEventListener("pointercancel", stop);
  place.addEventListener("keydown", event => { if (event.key === "Escape") stop(); });
}
