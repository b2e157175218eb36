// Runs before the first paint, so that a user with a chosen theme never sees the other one flash. Everything else is in site.js.
try {
  const theme = localStorage.getItem("theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be blocked; the page then uses the system's theme.
}
