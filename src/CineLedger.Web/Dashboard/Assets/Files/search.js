// Suggests companies while one types. Enter without a choice sends the form, as without a script.
const wait = 120;
const most = 8;

export function suggest(form) {
  const input = form.querySelector("input[type=search]");
  const list = document.createElement("ul");
  Object.assign(list, { className: "suggestions", id: "suggestions", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Companies");
  form.append(list);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" })) input.setAttribute(name, value);

  let timer, asking, chosen = -1;
  const show = isShown => { list.hidden = !isShown; input.setAttribute("aria-expanded", String(isShown)); if (!isShown) choose(-1); };
  const choose = place => {
    chosen = place;
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === place)));
    place >= 0 ? input.setAttribute("aria-activedescendant", list.children[place].id) : input.removeAttribute("aria-activedescendant");
  };

  async function ask() {
    const text = input.value.trim();
    asking?.abort();
    if (text.length < 2) return show(false);
    asking = new AbortController();
    try {
      const response = await fetch(`/api/v1/companies?${new URLSearchParams({ q: text, order: "movies:desc", limit: most })}`, { signal: asking.signal });
      if (!response.ok) return show(false);
      const { data } = await response.json();
      list.replaceChildren(...data.map(option));
      show(data.length > 0);
    } catch (error) {
      if (error.name !== "AbortError") show(false);
    }
  }

  function option(company, place) {
    const item = document.createElement("li");
    item.id = `suggestion-${place}`;
    item.setAttribute("role", "option");
    const link = document.createElement("a");
    const state = new URLSearchParams([...new FormData(form)].filter(([name, value]) => name !== "q" && value));
    link.href = `/companies/${/^\.\.?$/.test(company.name) ? company.name.replaceAll(".", "%252E") : encodeURIComponent(company.name)}${state.size ? `?${state}` : ""}`;
    link.tabIndex = -1;
    const name = document.createElement("bdi");
    name.textContent = company.name;
    const movies = document.createElement("small");
    movies.textContent = `${company.movies} movie${company.movies === 1 ? "" : "s"}`;
    link.append(name, movies);
    item.append(link);
    return item;
  }

  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, wait); });
  input.addEventListener("keydown", event => {
    if (list.hidden) return;
    const count = list.children.length;
    if (event.key === "ArrowDown") choose((chosen + 1) % count);
    else if (event.key === "ArrowUp") choose(chosen < 0 ? count - 1 : (chosen + count - 1) % count);
    else if (event.key === "Escape") show(false);
    else if (event.key === "Enter" && chosen >= 0) location.href = list.children[chosen].firstChild.href;
    else return;
    event.preventDefault();
  });
  form.addEventListener("focusout", event => { if (!form.contains(event.relatedTarget)) show(false); });
  list.addEventListener("mousedown", event => event.preventDefault());
}
