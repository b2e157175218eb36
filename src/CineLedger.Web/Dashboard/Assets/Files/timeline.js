// Selects a range of years by dragging over the timeline; a click on one year follows its link. The form below does the same by keyboard.
export function enableYearSelection(timeline) {
  const svg = timeline.querySelector("svg");
  const years = [...svg.querySelectorAll("a")];
  const form = timeline.querySelector("form");
  const [first, last] = [Number(timeline.dataset.first), Number(timeline.dataset.last)];
  positionDecades(timeline.querySelector(".decades"), first, last);

  let from = null, to = null;
  const yearAt = event => {
    const box = svg.getBoundingClientRect();
    const share = Math.min(.9999, Math.max(0, (event.clientX - box.left) / box.width));
    return first + Math.floor(share * (last - first + 1));
  };
  const mark = () => {
    const [low, high] = from === null ? [Infinity, -Infinity] : [Math.min(from, to), Math.max(from, to)];
    for (const year of years) year.classList.toggle("selected", Number(year.dataset.year) >= low && Number(year.dataset.year) <= high);
    if (from !== null) [form.elements.from.value, form.elements.to.value] = [low, high];
  };

  svg.addEventListener("dragstart", event => event.preventDefault());
  svg.addEventListener("pointerdown", event => { if (event.button === 0) from = to = yearAt(event); });
  svg.addEventListener("pointermove", event => {
    if (from === null || yearAt(event) === to) return;
    svg.setPointerCapture(event.pointerId);
    to = yearAt(event);
    mark();
  });
  svg.addEventListener("pointerup", () => {
    if (from === null) return;
    const isRange = from !== to;
    if (isRange) form.requestSubmit();
    from = null;
  });
  svg.addEventListener("pointercancel", () => { from = null; mark(); });
}

// The content security policy allows no inline styles in the markup, but scripts may set them.
function positionDecades(list, first, last) {
  if (!list) return;
  list.classList.add("positioned");
  for (const item of list.children) {
    const share = (Number(item.dataset.at) - first + .5) / (last - first + 1);
    if (share > .98 || share < .02) item.hidden = true;
    item.style.left = `${share * 100}%`;
  }
}
