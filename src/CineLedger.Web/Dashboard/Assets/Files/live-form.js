// A form whose result is on the same page. The result is fetched while the user types and replaces the previous one. Without JavaScript the form is submitted.
const debounceDelay = 150;

export function submitWhileTyping(form) {
  let timer, pending;
  async function submit() {
    pending?.abort();
    pending = new AbortController();
    const query = new URLSearchParams(new FormData(form));
    const address = form.getAttribute("action") + (query.size ? `?${query}` : "");
    try {
      const response = await fetch(address, { signal: pending.signal, headers: { Accept: "text/html" } });
      if (!response.ok) return;
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const place = document.querySelector(form.dataset.liveForm);
      place.replaceChildren(...page.querySelector(form.dataset.liveForm).childNodes);
      history.replaceState(null, "", address);
      updateAddress(page);
      // Charts and tables in the new part are prepared by the scripts that handle them.
      place.dispatchEvent(new Event("contentreplaced", { bubbles: true }));
    } catch (error) {
      if (error.name !== "AbortError") form.submit();
    }
  }
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(submit, debounceDelay); });
}

// Links and forms that lead to another state of this page (the timeline, the display options, the footer) must start from the new address.
function updateAddress(page) {
  for (const part of [".timeline", ".display-options", ".snapshot-footer"]) {
    const [old, next] = [document.querySelector(part), page.querySelector(part)];
    if (!old || !next) continue;
    const links = next.querySelectorAll("a[href]");
    old.querySelectorAll("a[href]").forEach((link, i) => { if (links[i]) link.setAttribute("href", links[i].getAttribute("href")); });
    old.querySelectorAll("input[type=hidden]").forEach(field => field.remove());
    old.querySelector("form")?.append(...next.querySelectorAll("input[type=hidden]"));
  }
}
