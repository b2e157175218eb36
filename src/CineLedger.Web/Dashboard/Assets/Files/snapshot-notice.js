// Shows a notice when a newer snapshot than the page's is published. Uses server-sent events, and polls where they are not available.
const pollInterval = 60_000;

export function watchForNewSnapshot(place) {
  const { snapshot, newest, pinned } = document.documentElement.dataset;
  if (!snapshot || pinned || !place) return;
  let known = Number(newest);
  const announce = id => {
    if (!(id > known)) return;
    known = id;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = `Show snapshot ${id}`;
    button.addEventListener("click", () => location.reload());
    const text = document.createElement("span");
    text.textContent = `New data is available. This page shows snapshot ${snapshot}.`;
    place.replaceChildren(text, button);
    place.hidden = false;
  };

  let timer;
  const poll = async () => {
    try {
      const response = await fetch("/api/v1/snapshots?limit=1", { headers: { Accept: "application/json" } });
      if (response.ok) announce((await response.json()).data[0]?.snapshotId);
    } catch {
      // The server may be temporarily unavailable; the next poll tries again.
    }
  };
  const startPolling = () => { timer ??= setInterval(() => { if (!document.hidden) poll(); }, pollInterval); };
  const listen = () => {
    if (!window.EventSource) return startPolling();
    const events = new EventSource(`/api/v1/events?since=${known}`);
    events.addEventListener("snapshot", event => announce(Number(event.lastEventId)));
    events.addEventListener("error", () => { if (events.readyState === EventSource.CLOSED) startPolling(); });
    // An open stream would keep the page out of the browser's back-forward cache.
    addEventListener("pagehide", () => events.close(), { once: true });
  };
  listen();
  addEventListener("pageshow", event => { if (event.persisted) { poll(); listen(); } });
}
