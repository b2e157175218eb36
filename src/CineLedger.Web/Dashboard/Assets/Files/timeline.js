// Picks a span on the strip of years by dragging over it; a click on one year follows its link. The form below does the same by keyboard.
export function pickYears(spine) {
  const svg = spine.querySelector("svg");
  const years = [...svg.querySelectorAll("a")];
  const form = spine.querySelector("form");
  const [first, last] = [Number(spine.dataset.first), Number(spine.dataset.last)];
  placeDecades(spine.querySelector(".decades"), first, last);

  let from = null, to = null;
  const yearAt = event => {
    const box = svg.getBoundingClientRect();
    const share = Math.min(.9999, Math.max(0, (event.clientX - box.left) / box.width));
    return first + Math.floor(share * (last - first + 1));
  };
  const mark = () => {
    const [low, high] = from === null ? [Infinity, -Infinity] : [Math.min(from, to), Math.max(from, to)];
    for (const year of years) year.classList.toggle("picked", Number(year.dataset.year) >= low && Number(year.dataset.year) <= high);
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
    const picked = from !== to;
    if (picked) form.requestSubmit();
    from = null;
  });
  svg.addEventListener("pointercancel", () => { from = null; mark(); });
}

// The page's policy allows no styles in its text; a script may set them.
function placeDecades(list, first, last) {
  if (!list) return;
  list.classList.add("placed");
  for (const item of list.children) {
    const share = (Number(item.dataset.at) - first) / (last - first + 1);
    if (share > .97) item.hidden = true;
    item.style.left = `${share * 100}%`;
  }
}
