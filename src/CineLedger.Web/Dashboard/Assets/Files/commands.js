// The commands of the search field, after ">": what the links, forms and buttons of the page do, by name.
export function findCommands(text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const years = findYears(text);
  return [...years, ...getCommands().filter(command => words.every(word => `${command.name} ${command.group}`.toLowerCase().includes(word)))].slice(0, 14);
}

// "1990 2000", "years 1990-2000" or "1994" selects years.
function findYears(text) {
  const [from, to = from] = text.match(/\b(1[89]|20)\d\d\b/g) ?? [];
  if (!from) return [];
  const [first, last] = [from, to].sort();
  return [{ group: "Years", name: `Show ${first === last ? first : `${first} to ${last}`}`, detail: "", href: withYears(first, last) }];
}

function withYears(first, last) {
  // The form of the timeline knows which page shows years, and its other parameters.
  const form = document.querySelector("[data-timeline] form");
  const parameters = form ? new URLSearchParams([...new FormData(form)].filter(([, value]) => value)) : new URLSearchParams();
  parameters.set("from", first);
  parameters.set("to", last);
  parameters.delete("years");
  return `${form?.getAttribute("action") ?? "/"}?${parameters}`;
}

function getCommands() {
  const pages = [...document.querySelectorAll(".masthead nav a")].map(link => ({ group: "Go to", name: link.textContent.trim(), detail: "", href: link.href }));
  const permalink = [...document.querySelectorAll(".snapshot-footer a")].find(link => link.textContent === "Permalink");
  const allYears = [...document.querySelectorAll("[data-timeline] form a")].find(link => link.textContent === "All years");
  const downloads = [...document.querySelectorAll("figure .downloads a[download]")].map(link => ({
    group: "Download", name: `Download ${link.closest("figure").querySelector("h2").textContent}: ${link.textContent}`, detail: "", run: () => link.click(),
  }));
  const theme = document.querySelector("[data-theme-switch]");
  return [
    ...pages,
    ...theme ? [{ group: "Page", name: "Switch between light and dark", detail: "", run: () => theme.click() }] : [],
    ...permalink ? [{ group: "Page", name: "Copy the permalink", detail: "", run: () => copyAddress(permalink.href) }] : [],
    ...allYears ? [{ group: "Years", name: "Show all years", detail: "", href: allYears.href }] : [],
    { group: "Page", name: "Print", detail: "", run: () => print() },
    { group: "Page", name: "Keyboard shortcuts", detail: "", href: "/help#keyboard" },
    { group: "Page", name: "Glossary", detail: "", href: "/help#glossary" },
    ...downloads,
  ];
}

async function copyAddress(address) {
  const notice = document.getElementById("notice");
  try {
    await navigator.clipboard.writeText(address);
    notice.textContent = "Permalink copied.";
  } catch {
    notice.textContent = address;
  }
  notice.hidden = false;
  setTimeout(() => { notice.hidden = true; }, 4000);
}
