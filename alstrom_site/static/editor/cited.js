// Keeps the panel of cited sources up with what is typed into the Markdown fields of its form. Without this script it
// shows what the text cited when the page was made.

const PAUSE = 1500;

function start(panel) {
  const form = panel.closest("form");
  const place = panel.querySelector("[data-cited-list]");
  const status = panel.querySelector("[data-cited-status]");
  let timer;
  let running;

  async function refresh() {
    running?.abort();
    running = new AbortController();
    const body = new FormData();
    for (const field of form.querySelectorAll("[data-markdown-editor] textarea")) body.append("text", field.value);
    try {
      const response = await fetch(panel.dataset.citedUrl, {
        method: "POST",
        body,
        headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken?.value || "" },
        redirect: "error",
        signal: running.signal,
      });
      if (!response.ok) throw new Error(String(response.status));
      show((await response.json()).html);
      status.textContent = "";
    } catch (failure) {
      if (failure.name !== "AbortError") status.textContent = "This list is not up to date. Save to bring it up to date.";
    }
  }

  function show(html) {
    if (place.dataset.shown === html) return;
    place.dataset.shown = html;
    place.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
  }

  form.addEventListener("input", (event) => {
    if (!event.target.closest("[data-markdown-editor]")) return;
    clearTimeout(timer);
    timer = setTimeout(refresh, PAUSE);
  });
}

document.querySelectorAll("[data-cited-panel]").forEach(start);
