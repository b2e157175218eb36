// Suggests movies, studios, companies, people, collections and genres while the user types, or commands after ">". The results are those of the page Search, which the form opens
// without JavaScript. Follows the combobox pattern of the ARIA practices: the focus stays in the field, and the list has groups of options.
import { findCommands } from "./commands.js";

const searchDelay = 90;
const searchPath = "/search";

export function enableSuggestions(form) {
  const input = form.querySelector("input[type=search]");
  const box = createSuggestionBox(input, "Search results");
  input.setAttribute("aria-keyshortcuts", "/ Control+K");
  input.placeholder = "Search or >";
  const hint = Object.assign(document.createElement("kbd"), { textContent: "/" });
  hint.setAttribute("aria-hidden", "true");
  form.append(hint, box.list, box.status);

  // The server reads the names when the field is used for the first time, not when the first letter has been typed.
  input.addEventListener("focus", () => fetch(searchPath).catch(() => {}), { once: true });
  box.suggest = text => text.startsWith(">") ? findCommands(text.slice(1)) : text ? fetchResults(text, getState(form), box.renew()) : [];
  box.choose = option => option.run ? option.run() : location.assign(option.href);

  addEventListener("keydown", event => {
    const isCommand = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    const isSearch = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !event.target.closest?.("input, textarea, select, [contenteditable]");
    if (!isCommand && !isSearch || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    input.focus();
    if (isCommand) {
      input.value = ">";
      box.update();
    } else {
      input.select();
    }
  });
}

// Suggests the names of one kind for a field of a form, which is sent when one is chosen.
export function suggestNames(input) {
  const box = createSuggestionBox(input, "Names");
  const frame = document.createElement("span");
  frame.className = "suggested-field";
  input.before(frame);
  frame.append(input, box.list, box.status);
  box.suggest = text => text ? fetchResults(text, new URLSearchParams({ kind: input.dataset.searchKind }), box.renew()) : [];
  box.choose = option => {
    input.value = option.name;
    input.form.requestSubmit();
  };
}

function getState(form) {
  return new URLSearchParams([...new FormData(form)].filter(([name, value]) => name !== "q" && value));
}

// Returns the options in the groups of the page with the results.
async function fetchResults(text, parameters, signal) {
  parameters.set("q", text);
  const response = await fetch(`${searchPath}?${parameters}`, { signal, headers: { Accept: "text/html" } });
  if (!response.ok) return [];
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  return [...page.querySelectorAll("[data-search-group]")].flatMap(group => [...group.querySelectorAll("li")].map(item => ({
    group: group.dataset.searchGroup,
    name: item.querySelector("a").textContent,
    otherName: item.querySelector(".other-name")?.textContent,
    detail: item.querySelector("small").textContent,
    href: item.querySelector("a").getAttribute("href"),
  })));
}

let boxes = 0;

function createSuggestionBox(input, label) {
  const number = boxes++;
  const list = Object.assign(document.createElement("div"), { className: "suggestions", id: `suggestions-${number}`, hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", label);
  const status = Object.assign(document.createElement("span"), { className: "sr" });
  status.setAttribute("role", "status");
  const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" };
  for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);

  let timer, pending, options = [], selected = -1;
  const getItems = () => list.querySelectorAll("[role=option]");
  const show = isShown => { list.hidden = !isShown; input.setAttribute("aria-expanded", String(isShown)); if (!isShown) select(-1); };
  const select = index => {
    selected = index;
    getItems().forEach((item, i) => item.setAttribute("aria-selected", String(i === index)));
    const item = getItems()[index];
    if (item) input.setAttribute("aria-activedescendant", item.id); else input.removeAttribute("aria-activedescendant");
    item?.scrollIntoView({ block: "nearest" });
  };
  const choose = index => {
    const option = options[index];
    show(false);
    box.choose(option);
  };
  const box = {
    list, status,
    renew: () => { pending?.abort(); pending = new AbortController(); return pending.signal; },
    update: async () => {
      const text = input.value.trim();
      try {
        options = await box.suggest(text);
      } catch (error) {
        if (error.name === "AbortError") return;
        options = [];
      }
      if (input.value.trim() !== text) return;
      list.replaceChildren(...createGroups(options, number));
      show(options.length > 0 && document.activeElement === input);
      status.textContent = !text ? "" : options.length === 0 ? "Nothing found" : `${options.length} result${options.length === 1 ? "" : "s"}`;
      if (options.length > 0 && (text.startsWith(">") || options[0].group === "Compare")) select(0);
    },
  };

  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(box.update, input.value.startsWith(">") ? 0 : searchDelay); });
  input.addEventListener("keydown", event => {
    const count = getItems().length;
    if (list.hidden && (event.key !== "ArrowDown" || count === 0)) return;
    if (list.hidden) { show(true); select(0); } else if (event.key === "ArrowDown") select((selected + 1) % count);
    else if (event.key === "ArrowUp") select(selected <= 0 ? count - 1 : selected - 1);
    else if (event.key === "Escape") show(false);
    else if (event.key === "Enter" && selected >= 0) choose(selected);
    else return;
    event.preventDefault();
  });
  input.addEventListener("blur", () => show(false));
  list.addEventListener("mousedown", event => event.preventDefault());
  list.addEventListener("click", event => {
    const index = [...getItems()].indexOf(event.target.closest("[role=option]"));
    if (index < 0) return;
    if ((event.ctrlKey || event.metaKey) && options[index].href) return open(options[index].href);
    choose(index);
  });
  return box;
}

function createGroups(options, number) {
  const groups = Map.groupBy(options.map((option, index) => ({ ...option, index })), option => option.group);
  return [...groups].map(([title, members], at) => {
    const group = document.createElement("div");
    group.setAttribute("role", "group");
    const heading = Object.assign(document.createElement("div"), { className: "suggestion-group", id: `suggestion-group-${number}-${at}`, textContent: title });
    group.setAttribute("aria-labelledby", heading.id);
    group.append(heading, ...members.map(option => {
      const item = Object.assign(document.createElement("div"), { className: "suggestion", id: `suggestion-${number}-${option.index}` });
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      const names = document.createElement("span");
      names.append(Object.assign(document.createElement("bdi"), { textContent: option.name }));
      if (option.otherName) names.append(" ", Object.assign(document.createElement("bdi"), { textContent: option.otherName, className: "other-name" }));
      item.append(names, Object.assign(document.createElement("small"), { textContent: option.detail }));
      return item;
    }));
    return group;
  });
}
