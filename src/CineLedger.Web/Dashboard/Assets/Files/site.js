// Page behavior beyond links and forms. The parts are independent of each other, and a page works without any of them.
import { enableCopyButtons, enableQueryBuilder } from "./explore.js";
import { enableFigureTools } from "./figure-tools.js";
import { submitWhileTyping } from "./live-form.js";
import { enableUpload, followLoad } from "./load.js";
import { enableSuggestions, suggestNames } from "./search.js";
import { watchForNewSnapshot } from "./snapshot-notice.js";
import { enableTables } from "./table.js";
import { enableYearSelection } from "./timeline.js";
import { enableWhyPanel } from "./why.js";

const root = document.documentElement;

for (const button of document.querySelectorAll("[data-theme-switch]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const isDark = (root.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
    root.dataset.theme = isDark ? "light" : "dark";
    try {
      localStorage.setItem("theme", root.dataset.theme);
    } catch {
      // Storage may be blocked; the choice then applies to this page only.
    }
    dispatchEvent(new Event("themechange"));
  });
}

// The display options close like a menu.
for (const details of document.querySelectorAll("details.display-options")) {
  document.addEventListener("click", event => { if (!details.contains(event.target)) details.open = false; });
  details.addEventListener("keydown", event => {
    if (event.key !== "Escape") return;
    details.open = false;
    details.querySelector("summary").focus();
  });
}

// Empty fields have no effect, so they are omitted from the address.
for (const form of document.querySelectorAll("form[method=get]")) {
  form.addEventListener("formdata", event => {
    // If several fields share a name, only the empty ones are removed.
    for (const name of new Set([...event.formData.keys()])) {
      const given = event.formData.getAll(name).filter(value => value !== "");
      event.formData.delete(name);
      for (const value of given) event.formData.append(name, value);
    }
  });
}

enableParts(document);
// A live form replaces parts of the page, and the panel beside it shows parts of other pages.
document.addEventListener("contentreplaced", event => enableParts(event.target));
function enableParts(within) {
  enableTables(within);
  enableCopyButtons(within);
  enableFigureTools(within);
}
document.querySelectorAll("form[data-search]").forEach(enableSuggestions);
document.querySelectorAll("form[data-live-form]").forEach(submitWhileTyping);
document.querySelectorAll("input[data-search-kind]").forEach(suggestNames);
document.querySelectorAll("form[data-builder]").forEach(enableQueryBuilder);
document.querySelectorAll("[data-timeline]").forEach(enableYearSelection);
document.querySelectorAll("form[data-upload]").forEach(enableUpload);
if (document.querySelector("[data-load=running]")) followLoad();
enableWhyPanel();
watchForNewSnapshot(document.getElementById("notice"));
