// A form whose answer is on the same page: it is asked for while one types, and put in the place of the one before. Without a script the form is sent.
import { drawCharts, forgetCharts } from "./charts.js";

const wait = 150;

export function answerWhileTyping(form) {
  let timer, asking;
  async function ask() {
    asking?.abort();
    asking = new AbortController();
    const query = new URLSearchParams(new FormData(form));
    const address = form.getAttribute("action") + (query.size ? `?${query}` : "");
    try {
      const response = await fetch(address, { signal: asking.signal, headers: { Accept: "text/html" } });
      if (!response.ok) return;
      const answer = new DOMParser().parseFromString(await response.text(), "text/html");
      const place = document.querySelector(form.dataset.live);
      forgetCharts(place);
      place.replaceChildren(...answer.querySelector(form.dataset.live).childNodes);
      history.replaceState(null, "", address);
      keepAddress(answer);
      drawCharts(place);
    } catch (error) {
      if (error.name !== "AbortError") form.submit();
    }
  }
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, wait); });
}

// What leads from here to another state of the page, the spine for one, goes on from the new address.
function keepAddress(answer) {
  for (const part of [".spine", ".switches", ".as-of"]) {
    const [old, next] = [document.querySelector(part), answer.querySelector(part)];
    if (!old || !next) continue;
    const links = next.querySelectorAll("a[href]");
    old.querySelectorAll("a[href]").forEach((link, i) => { if (links[i]) link.setAttribute("href", links[i].getAttribute("href")); });
    old.querySelectorAll("input[type=hidden]").forEach(field => field.remove());
    old.querySelector("form")?.append(...next.querySelectorAll("input[type=hidden]"));
  }
}

// Names for a field that takes one, as one types.
export function offerCompanies(input) {
  let timer, asking;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      asking?.abort();
      asking = new AbortController();
      if (input.value.trim().length < 2) return;
      try {
        const response = await fetch(`/api/v1/companies?${new URLSearchParams({ q: input.value.trim(), order: "movies:desc", limit: 8 })}`, { signal: asking.signal });
        if (!response.ok) return;
        const { data } = await response.json();
        input.list.replaceChildren(...data.map(({ name }) => Object.assign(document.createElement("option"), { value: name })));
      } catch {
        // The list stays as it is; any name can be typed.
      }
    }, wait);
  });
}
