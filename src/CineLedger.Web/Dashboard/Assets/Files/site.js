// What pages do beyond links and forms. Each part stands alone: a page works without any of them.
import { drawCharts } from "./charts.js";
import { watchForNewer } from "./notice.js";
import { answerWhileTyping, offerCompanies } from "./live.js";
import { buildQuestions } from "./explore.js";
import { suggest } from "./search.js";
import { pickYears } from "./spine.js";
import { makeSortable } from "./table.js";

const root = document.documentElement;

for (const button of document.querySelectorAll("[data-theme-switch]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const isDark = (root.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
    root.dataset.theme = isDark ? "light" : "dark";
    try {
      localStorage.setItem("theme", root.dataset.theme);
    } catch {
      // It lasts as long as the page.
    }
    dispatchEvent(new Event("themechange"));
  });
}

// The switches close like a menu.
for (const details of document.querySelectorAll("details.switches")) {
  document.addEventListener("click", event => { if (!details.contains(event.target)) details.open = false; });
  details.addEventListener("keydown", event => {
    if (event.key !== "Escape") return;
    details.open = false;
    details.querySelector("summary").focus();
  });
}

// Fields left empty say nothing: they need not stand in the address.
for (const form of document.querySelectorAll("form[method=get]")) {
  form.addEventListener("formdata", event => {
    // Of several fields of one name only the empty ones go.
    for (const name of new Set([...event.formData.keys()])) {
      const given = event.formData.getAll(name).filter(value => value !== "");
      event.formData.delete(name);
      for (const value of given) event.formData.append(name, value);
    }
  });
}

document.querySelectorAll("table[data-sortable]").forEach(makeSortable);
document.querySelectorAll("form[data-search]").forEach(suggest);
document.querySelectorAll("form[data-live]").forEach(answerWhileTyping);
document.querySelectorAll("input[data-companies]").forEach(offerCompanies);
document.querySelectorAll("form[data-builder]").forEach(buildQuestions);
document.querySelectorAll("[data-spine]").forEach(pickYears);
drawCharts();
watchForNewer(document.getElementById("notice"));
