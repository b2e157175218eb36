// The query builder: adds and removes filters without a request, suggests values, and submits the API's own parameters.
const debounceDelay = 120;
const hints = {
  Text: "a name", Year: "1995 or 1990..1999", Decade: "1990", Quarter: "2015-Q3", Month: "2015-07", MonthOfYear: "1 to 12", Weekday: "Friday", YesNo: "yes or no", Date: "2015-07-31",
  Whole: "100M or 1M..5M", Decimal: "7.5 or 6..8",
};

export function enableQueryBuilder(form) {
  for (const line of form.querySelectorAll("[data-filter]")) updateFilterLine(form, line);
  for (const line of form.querySelectorAll("[data-measures] .line")) updateMeasureLine(line);
  form.querySelector("[data-add-filter]").addEventListener("click", event => {
    event.preventDefault();
    const lines = [...form.querySelectorAll("[data-filter]")];
    const line = lines[0].cloneNode(true);
    // A line may have been removed from the middle, so the new number follows the highest one.
    const number = 1 + Math.max(...lines.map(other => Number(other.querySelector("select").name.match(/\d+$/)[0])));
    for (const field of line.querySelectorAll("select, input")) {
      field.name = field.name.replace(/\d+$/, number);
      field.setAttribute("aria-label", field.getAttribute("aria-label").replace(/\d+$/, number));
      if (field.tagName === "SELECT") [...field.options].forEach((option, i) => { option.defaultSelected = option.selected = i === 0; });
      else { field.value = ""; field.removeAttribute("value"); field.removeAttribute("list"); field.hidden = false; }
    }
    line.querySelectorAll("datalist, button").forEach(part => part.remove());
    lines.at(-1).after(line);
    updateFilterLine(form, line);
    line.querySelector("select").focus();
  });
  form.addEventListener("formdata", ({ formData }) => serialize(formData));
}

// Without JavaScript, browsers send measure1 and of1, field1, is1 and value1. This joins them into the parameters of the API, as the server does.
function serialize(data) {
  const take = name => { const value = data.get(name) ?? ""; data.delete(name); return value; };
  const numbers = name => [...data.keys()].filter(key => new RegExp(`^${name}\\d+$`).test(key)).map(key => key.slice(name.length));
  const measures = data.getAll("measure");
  for (const number of numbers("measure")) {
    const [measure, of] = [take(`measure${number}`), take(`of${number}`)];
    if (measure) measures.push(of ? `${measure}:${of}` : measure);
  }
  const by = data.getAll("by").filter(Boolean);
  // Counted by is1, is2 …, as site.js has already removed empty fields.
  for (const number of numbers("is")) {
    const [field, is, value] = [take(`field${number}`), take(`is${number}`), take(`value${number}`)];
    if (!field) continue;
    if (is === "known" || is === "unknown") data.append("where", `${field} is ${is}`);
    else if (value.trim()) data.append("where", `${field}${is}${value !== value.trim() || value.startsWith('"') ? `"${value}"` : value}`);
  }
  data.delete("lines");
  const hasQuery = by.length + measures.length + data.getAll("where").length > 0;
  data.delete("by");
  data.delete("measure");
  if (by.length) data.set("by", by.join(","));
  if (hasQuery && measures.length === 0) measures.push("releases");
  if (hasQuery) data.set("measure", measures.join(","));
  if (!by.includes(data.get("pivot"))) data.delete("pivot");
  const order = data.get("order");
  // A share comes with the total that it refers to.
  const measureColumns = measures.flatMap(measure => [measure, measure.replace(/^share\(/, "all(")]).map(getColumn).flatMap(column => [column, ...["before", "change", "percent"].map(part => `${column}_${part}`)]);
  const columns = new Set([...by, ...measureColumns]);
  if (order && !order.split(",").every(part => columns.has(part.split(":")[0]))) data.delete("order");
}

function getColumn(measure) {
  const [, name, of] = /^(\w+)\((.*)\)$/.exec(measure) ?? [];
  const column = (of ?? measure).trim().replaceAll(":", "_");
  return !name ? column : name === "rank" ? `rank_${column}` : `${column}_${name}`;
}

function updateMeasureLine(line) {
  const [measure, of] = line.querySelectorAll("select");
  const show = () => {
    of.hidden = measure.value !== "" && !measure.selectedOptions[0].dataset.aggregates;
    if (of.hidden) of.value = "";
  };
  measure.addEventListener("change", show);
  show();
}

function updateFilterLine(form, line) {
  const [field, is] = line.querySelectorAll("select");
  const value = line.querySelector("input");
  const remove = document.createElement("button");
  Object.assign(remove, { type: "button", textContent: "×", title: "Remove this filter" });
  remove.setAttribute("aria-label", "Remove this filter");
  remove.addEventListener("click", () => {
    if (form.querySelectorAll("[data-filter]").length > 1) line.remove();
    else { field.value = ""; value.value = ""; field.dispatchEvent(new Event("change")); }
  });
  line.append(remove);
  const list = document.createElement("datalist");
  list.id = `values-${value.name}`;
  line.append(list);
  const show = () => {
    value.hidden = is.value === "known" || is.value === "unknown";
    value.placeholder = hints[field.selectedOptions[0].dataset.form] ?? "";
    remove.hidden = !field.value;
  };
  field.addEventListener("change", () => { list.replaceChildren(); value.removeAttribute("list"); show(); });
  is.addEventListener("change", show);
  show();

  let timer, pending, known;
  const suggest = async () => {
    const name = field.value;
    if (field.selectedOptions[0].dataset.form !== "Text") return;
    // There are too many companies to fetch them all. For other fields, the thousand names with the most movies are fetched once.
    const isCompany = name === "company";
    if (isCompany ? value.value.trim().length < 2 : known === name) return;
    pending?.abort();
    pending = new AbortController();
    const address = isCompany ? `/api/v1/companies?${new URLSearchParams({ q: value.value.trim(), order: "movies:desc", limit: 12 })}`
      : `/api/v1/query?${new URLSearchParams({ by: name, measure: "releases", order: "releases:desc", limit: 1000 })}`;
    try {
      const response = await fetch(address, { signal: pending.signal });
      if (!response.ok) return;
      const { data } = await response.json();
      known = name;
      list.replaceChildren(...data.map(row => Object.assign(document.createElement("option"), { value: isCompany ? row.name : row[toCamelCase(name)] })));
      value.setAttribute("list", list.id);
    } catch (error) {
      if (error.name !== "AbortError") known = undefined;
    }
  };
  value.addEventListener("focus", suggest);
  value.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(suggest, debounceDelay); });
}

const toCamelCase = name => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());

// Adds this server's origin and a copy button to links and commands.
export function enableCopyButtons(root) {
  for (const place of root.querySelectorAll("[data-copy]")) {
    if (place.dataset.origin === "link") place.firstChild.textContent = location.origin + place.firstChild.getAttribute("href");
    if (place.dataset.origin === "curl") place.textContent = `curl '${(location.origin + place.dataset.path).replaceAll("'", "'\\''")}'`;
    if (!navigator.clipboard) continue;
    const button = Object.assign(document.createElement("button"), { type: "button", className: "copy", textContent: "Copy" });
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(place.textContent);
        button.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren(place);
      }
    });
    place.after(button);
  }
}
