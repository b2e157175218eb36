// Opens the movies behind a number in a panel beside the page. Their page explains the number; the panel shows the content of the same page, so every link
// also works as an address.
const listPath = "/movies";

export function enableWhyPanel() {
  let dialog, opener, pending;

  document.addEventListener("click", event => {
    const link = event.target.closest?.("a[href]");
    if (!link || event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const isInside = dialog?.contains(link);
    if (!isMovieList(link) || !(isInside ? !link.matches("[data-open-page]") : link.closest(".table-frame, .fact-list"))) return;
    event.preventDefault();
    if (!isInside) opener = link;
    showWhyPanel(link.href);
  });

  async function showWhyPanel(address) {
    dialog ??= createWhyPanel();
    pending?.abort();
    pending = new AbortController();
    dialog.setAttribute("aria-busy", "true");
    dialog.querySelector("[data-open-page]").href = address;
    if (!dialog.open) {
      dialog.querySelector(".why-content").replaceChildren(Object.assign(document.createElement("p"), { textContent: "Loading…", className: "note" }));
      dialog.showModal();
    }
    try {
      const response = await fetch(address, { signal: pending.signal, headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      fillWhyPanel(page.getElementById("content"));
    } catch (error) {
      // The page itself shows the problem.
      if (error.name !== "AbortError") location.href = address;
    }
  }

  function fillWhyPanel(content) {
    const place = dialog.querySelector(".why-content");
    // IDs must be unique in the document.
    for (const element of content.querySelectorAll("[id]")) {
      for (const user of content.querySelectorAll(`[aria-labelledby="${element.id}"]`)) user.setAttribute("aria-labelledby", `why-${element.id}`);
      element.id = `why-${element.id}`;
    }
    place.replaceChildren(...content.childNodes);
    place.querySelectorAll("form.filter").forEach(form => form.remove());
    const heading = place.querySelector("h1");
    if (heading) Object.assign(heading, { id: "why-heading", tabIndex: -1 });
    dialog.setAttribute("aria-labelledby", "why-heading");
    dialog.removeAttribute("aria-busy");
    place.dispatchEvent(new Event("contentreplaced", { bubbles: true }));
    place.scrollTop = 0;
    (heading ?? dialog.querySelector("button")).focus({ preventScroll: true });
  }

  function createWhyPanel() {
    const panel = document.createElement("dialog");
    panel.className = "why-panel";
    const bar = document.createElement("p");
    bar.className = "why-bar";
    const page = Object.assign(document.createElement("a"), { textContent: "Open as page" });
    page.dataset.openPage = "";
    const close = Object.assign(document.createElement("button"), { type: "button", textContent: "Close" });
    close.addEventListener("click", () => panel.close());
    bar.append(page, close);
    const content = document.createElement("div");
    content.className = "why-content";
    panel.append(bar, content);
    panel.addEventListener("click", event => { if (event.target === panel) panel.close(); });
    panel.addEventListener("close", () => { pending?.abort(); content.replaceChildren(); if (opener?.isConnected) opener.focus(); });
    document.body.append(panel);
    return panel;
  }
}

function isMovieList(link) {
  const address = new URL(link.href);
  return address.origin === location.origin && address.pathname === listPath && !link.hasAttribute("download");
}
