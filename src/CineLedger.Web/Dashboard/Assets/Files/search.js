// Suggests studios and companies while the user types. Enter without a selected suggestion submits the form, as it does without JavaScript.
const debounceDelay = 120;
const maxSuggestions = 8;
const maxStudios = 3;

export function enableSuggestions(form) {
  const input = form.querySelector("input[type=search]");
  const list = document.createElement("ul");
  Object.assign(list, { className: "suggestions", id: "suggestions", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Studios and companies");
  form.append(list);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" })) {
    input.setAttribute(name, value);
  }

  let timer, pending, known, selected = -1;
  const show = isShown => { list.hidden = !isShown; input.setAttribute("aria-expanded", String(isShown)); if (!isShown) select(-1); };
  const select = index => {
    selected = index;
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === index)));
    index >= 0 ? input.setAttribute("aria-activedescendant", list.children[index].id) : input.removeAttribute("aria-activedescendant");
  };

  async function fetchSuggestions() {
    const text = input.value.trim();
    pending?.abort();
    if (text.length < 2) return show(false);
    pending = new AbortController();
    try {
      const companies = fetch(`/api/v1/companies?${new URLSearchParams({ q: text, order: "movies:desc", limit: maxSuggestions })}`, { signal: pending.signal });
      const [studios, response] = await Promise.all([fetchStudios(), companies]);
      if (!response.ok) return show(false);
      const matching = studios.filter(({ name }) => name.toLowerCase().includes(text.toLowerCase())).slice(0, maxStudios);
      const found = [...matching, ...(await response.json()).data.map(company => ({ ...company, section: "companies" }))];
      list.replaceChildren(...found.map(createItem));
      show(found.length > 0);
    } catch (error) {
      if (error.name !== "AbortError") show(false);
    }
  }

  // There are few studios, so they are fetched once.
  function fetchStudios() {
    return known ??= fetch(`/api/v1/query?${new URLSearchParams({ by: "studio", measure: "releases", order: "releases:desc", limit: 1000 })}`)
      .then(async response => response.ok ? (await response.json()).data.map(row => ({ name: row.studio, movies: row.releases, section: "studios" })) : [])
      .catch(() => []);
  }

  function createItem(entry, index) {
    const item = document.createElement("li");
    item.id = `suggestion-${index}`;
    item.setAttribute("role", "option");
    const link = document.createElement("a");
    const state = new URLSearchParams([...new FormData(form)].filter(([name, value]) => name !== "q" && value));
    const path = /^\.\.?$/.test(entry.name) ? entry.name.replaceAll(".", "%252E") : encodeURIComponent(entry.name);
    link.href = `/${entry.section}/${path}${state.size ? `?${state}` : ""}`;
    link.tabIndex = -1;
    const name = document.createElement("bdi");
    name.textContent = entry.name;
    const movies = document.createElement("small");
    movies.textContent = `${entry.section === "studios" ? "studio, " : ""}${entry.movies} movie${entry.movies === 1 ? "" : "s"}`;
    link.append(name, movies);
    item.append(link);
    return item;
  }

  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(fetchSuggestions, debounceDelay); });
  input.addEventListener("keydown", event => {
    if (list.hidden) return;
    const count = list.children.length;
    if (event.key === "ArrowDown") select((selected + 1) % count);
    else if (event.key === "ArrowUp") select(selected < 0 ? count - 1 : (selected + count - 1) % count);
    else if (event.key === "Escape") show(false);
    else if (event.key === "Enter" && selected >= 0) location.href = list.children[selected].firstChild.href;
    else return;
    event.preventDefault();
  });
  form.addEventListener("focusout", event => { if (!form.contains(event.relatedTarget)) show(false); });
  list.addEventListener("mousedown", event => event.preventDefault());
}
