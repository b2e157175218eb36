// Says quietly when there is a newer snapshot than the page is of. Events where they come through, else a question now and then.
const askEvery = 60_000;

export function watchForNewer(place) {
  const { snapshot, newest, pinned } = document.documentElement.dataset;
  if (!snapshot || pinned || !place) return;
  let known = Number(newest);
  const tell = id => {
    if (!(id > known)) return;
    known = id;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = `Show snapshot ${id}`;
    button.addEventListener("click", () => location.reload());
    const text = document.createElement("span");
    text.textContent = `Newer data has come since this page was opened (snapshot ${snapshot}).`;
    place.replaceChildren(text, button);
    place.hidden = false;
  };

  let timer;
  const ask = async () => {
    try {
      const response = await fetch("/api/v1/snapshots?limit=1", { headers: { Accept: "application/json" } });
      if (response.ok) tell((await response.json()).data[0]?.snapshotId);
    } catch {
      // The server may be away for a while; the next time tells.
    }
  };
  const poll = () => { timer ??= setInterval(() => { if (!document.hidden) ask(); }, askEvery); };
  const listen = () => {
    if (!window.EventSource) return poll();
    const events = new EventSource(`/api/v1/events?since=${known}`);
    events.addEventListener("snapshot", event => tell(Number(event.lastEventId)));
    events.addEventListener("error", () => { if (events.readyState === EventSource.CLOSED) poll(); });
    // A stream that stays open would keep the page out of the browser's back-forward cache.
    addEventListener("pagehide", () => events.close(), { once: true });
  };
  listen();
  addEventListener("pageshow", event => { if (event.persisted) { ask(); listen(); } });
}
