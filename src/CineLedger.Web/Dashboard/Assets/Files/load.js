// The pages that load a file: drag and drop, upload progress and load progress. The pages also work without this script.
const pollInterval = 1_000;

export function enableUpload(form) {
  const [area, input, status] = [form.querySelector("[data-drop]"), form.querySelector("input[type=file]"), form.querySelector("[data-upload-status]")];
  form.querySelector("[data-drop-hint]").hidden = false;
  const mark = isOver => event => { event.preventDefault(); area.classList.toggle("over", isOver); };
  for (const name of ["dragenter", "dragover"]) area.addEventListener(name, mark(true));
  area.addEventListener("dragleave", mark(false));
  area.addEventListener("drop", event => {
    mark(false)(event);
    if (event.dataTransfer.files.length === 0) return;
    input.files = event.dataTransfer.files;
    form.requestSubmit();
  });

  // XMLHttpRequest, because fetch does not report how much has been sent.
  form.addEventListener("submit", event => {
    event.preventDefault();
    const request = new XMLHttpRequest();
    const show = text => { status.hidden = false; status.textContent = text; };
    const button = form.querySelector("button[type=submit]");
    button.disabled = true;
    request.upload.addEventListener("progress", ({ loaded, total }) => show(loaded < total ? `Sending: ${Math.floor(100 * loaded / total)} %` : "The file has been sent."));
    request.addEventListener("load", () => {
      if (request.status < 400) {
        location.assign(request.responseURL);
      } else {
        const problem = new DOMParser().parseFromString(request.responseText, "text/html").querySelector(".detail");
        show(problem?.textContent ?? `The server refused the file (${request.status}).`);
        button.disabled = false;
      }
    });
    request.addEventListener("error", () => {
      show("The connection ended while the file was being sent: try again.");
      button.disabled = false;
    });
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "text/html");
    request.send(new FormData(form));
  });
}

// Shows the progress of a load, and then its result, without loading the page again.
export function followLoad() {
  const poll = async () => {
    try {
      const response = await fetch(location.href, { headers: { Accept: "text/html" } });
      if (response.ok) {
        const page = new DOMParser().parseFromString(await response.text(), "text/html");
        if (page.querySelector("[data-load=running]")) {
          document.querySelector(".load-progress").textContent = page.querySelector(".load-progress").textContent;
        } else {
          document.title = page.title;
          document.getElementById("content").replaceChildren(...page.getElementById("content").children);
          document.querySelectorAll("[data-upload]").forEach(enableUpload);
          return;
        }
      }
    } catch {
      // The server may be temporarily unavailable; the next poll tries again.
    }
    setTimeout(poll, pollInterval);
  };
  setTimeout(poll, pollInterval);
}
