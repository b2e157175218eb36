// One tab stop per table: the arrow keys lead from cell to cell, Home and End to the ends of a row, with Ctrl to the ends of the table, and Enter opens the link of a cell.
// Without JavaScript every link is a tab stop of its own.
export function enableCellKeys(frame, table) {
  const targets = "a, button, summary, input, select";
  let current = null;

  function select(target) {
    if (current) current.tabIndex = -1;
    current = target;
    current.tabIndex = 0;
  }

  function reset() {
    const all = [...table.querySelectorAll(targets)];
    // Without a link in the table, the frame itself stays the tab stop, for scrolling.
    if (all.length === 0) return;
    frame.removeAttribute("tabindex");
    for (const target of all) target.tabIndex = -1;
    select(all.includes(current) ? current : table.tBodies[0].querySelector(targets) ?? all[0]);
  }

  reset();
  frame.addEventListener("rowschange", reset);
  table.addEventListener("focusin", event => {
    const target = event.target.closest(targets);
    if (target && target !== current) select(target);
  });
  table.addEventListener("keydown", event => {
    if (event.altKey || event.metaKey || event.target.matches("input, select")) return;
    const cell = event.target.closest("th, td");
    const row = [...cell.parentElement.querySelectorAll(targets)];
    const at = row.indexOf(event.target.closest(targets));
    const findInColumn = step => {
      for (let y = cell.parentElement.rowIndex + step; y >= 0 && y < table.rows.length; y += step) {
        const target = table.rows[y].cells[cell.cellIndex]?.querySelector(targets);
        if (target) return target;
      }
    };
    const line = event.ctrlKey ? [...table.querySelectorAll(targets)] : row;
    const moves = {
      ArrowRight: () => row[at + 1], ArrowLeft: () => row[at - 1], ArrowDown: () => findInColumn(1), ArrowUp: () => findInColumn(-1), Home: () => line[0], End: () => line.at(-1),
    };
    const target = moves[event.key]?.();
    if (!target) return;
    event.preventDefault();
    select(target);
    target.focus();
  });
}
