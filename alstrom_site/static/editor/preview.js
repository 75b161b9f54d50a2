// The live preview of a Markdown field. It reads the text and never writes to it; what goes wrong is said under the field.

const PAUSE = 400;
const MOST_BYTES = 200_000;
const KEPT = "Your text is as you typed it.";

// A preview that grows moves what stands below it, and a button that moves between press and release gets no click.
let released = Promise.resolve();
function waitForRelease() {
  released = new Promise((resolve) => {
    for (const end of ["pointerup", "pointercancel", "keydown"]) {
      document.addEventListener(end, () => setTimeout(resolve), { once: true });
    }
  });
}
document.addEventListener("pointerdown", waitForRelease, true);

class PreviewError extends Error {
  constructor(sentence, retryAfter = 0) {
    super(sentence);
    this.retryAfter = retryAfter;
  }
}

function textsBefore(field) {
  const all = [...(field.form || document).querySelectorAll("[data-markdown-editor] textarea")];
  return all.slice(0, all.indexOf(field)).map((earlier) => earlier.value);
}

function question(root, field) {
  const body = new FormData();
  body.append("text", field.value);
  body.append("where", root.dataset.where);
  for (const text of textsBefore(field)) body.append("before", text);
  return body;
}

async function sentenceOf(response) {
  if (response.headers.get("Content-Type")?.startsWith("application/json")) {
    const { error } = await response.json();
    if (typeof error === "string") return error;
  }
  return `The server could not make the preview (error ${response.status}). It will try again when you type on.`;
}

async function ask(root, field, signal) {
  if (new TextEncoder().encode(field.value).length > MOST_BYTES) {
    throw new PreviewError("This text is longer than 200 kB and cannot be shown. Divide it into several pages.");
  }
  let response;
  try {
    response = await fetch(root.dataset.previewUrl, {
      method: "POST",
      body: question(root, field),
      headers: { "X-CSRFToken": field.form?.elements.csrfmiddlewaretoken?.value || "" },
      redirect: "error",
      signal,
    });
  } catch (failure) {
    if (failure.name === "AbortError") throw failure;
    throw new PreviewError("The server cannot be reached. The preview will try again when you type on.");
  }
  if (!response.ok) {
    throw new PreviewError(await sentenceOf(response), Number(response.headers.get("Retry-After")) || 0);
  }
  const answer = await response.json().catch(() => ({}));
  if (typeof answer.html !== "string") throw new PreviewError("The server's answer was no preview.");
  return answer;
}

// Names inside the preview must not meet the names of the page around it, and no link may lead away from unsaved text.
function setApart(fragment, prefix) {
  for (const named of fragment.querySelectorAll("[id]")) named.id = prefix + named.id;
  for (const link of fragment.querySelectorAll("a[href]")) {
    const target = link.getAttribute("href");
    if (target.startsWith("#")) {
      link.setAttribute("href", `#${prefix}${target.slice(1)}`);
    } else {
      link.target = "_blank";
      link.rel = "noopener noreferrer";
    }
  }
}

function citedItems(cited, prefix) {
  return cited.map(({ number, label }) => {
    const item = document.createElement("li");
    item.id = `${prefix}reference-${number}`;
    item.value = number;
    item.textContent = label;
    return item;
  });
}

function showText(root, field, answer) {
  const prefix = `preview-${field.id}-`;
  const page = new DOMParser().parseFromString(answer.html, "text/html");
  setApart(page.body, prefix);
  const cited = citedItems(answer.cited || [], prefix);
  const list = root.querySelector("[data-preview-cited]");
  root.querySelector("[data-preview-text]").replaceChildren(...page.body.childNodes);
  root.querySelector("[data-empty]").hidden = field.value.trim() !== "";
  list.replaceChildren(...cited);
  list.hidden = cited.length === 0;
}

function goToLine(field, line) {
  const lines = field.value.split("\n");
  const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  field.closest("[data-markdown-editor]").querySelector("[data-show=write]").click();
  field.focus();
  field.setSelectionRange(start, start + (lines[line - 1] || "").length);
}

function problemItem(field, { line, message }) {
  const item = document.createElement("li");
  if (line) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = `Line ${line}`;
    button.addEventListener("click", () => goToLine(field, line));
    item.append(button, " ");
  }
  item.append(message);
  return item;
}

function showProblems(root, field, problems) {
  const place = root.querySelector("[data-problems]");
  const shown = JSON.stringify(problems);
  if (place.dataset.shown === shown) return; // said already; a live region would say it again
  place.dataset.shown = shown;
  const list = document.createElement("ul");
  list.append(...problems.map((problem) => problemItem(field, problem)));
  place.replaceChildren(...(problems.length ? [list] : []));
}

function showError(root, sentence) {
  const place = root.querySelector("[data-error]");
  const text = sentence ? `${sentence} ${KEPT}` : "";
  if (place.textContent !== text) place.textContent = text;
  root.querySelector("[data-preview]").classList.toggle("markdown-editor__preview--old", Boolean(sentence));
}

function start(root) {
  const field = root.querySelector("textarea");
  const status = root.querySelector("[data-status]");
  let timer;
  let running;

  async function refresh() {
    running?.abort();
    const mine = new AbortController();
    running = mine;
    status.textContent = "Making the preview…";
    try {
      const answer = await ask(root, field, mine.signal).finally(() => released);
      if (running !== mine) return;
      showText(root, field, answer);
      field.dispatchEvent(new CustomEvent("words-counted", { detail: { words: answer.words } }));
      showProblems(root, field, answer.problems || []);
      showError(root, "");
    } catch (failure) {
      if (running !== mine || failure.name === "AbortError") return;
      const known = failure instanceof PreviewError;
      showError(root, known ? failure.message : "The preview could not be shown.");
      if (known && failure.retryAfter) later(failure.retryAfter * 1000);
    }
    if (running === mine) status.textContent = "";
  }

  function later(milliseconds) {
    clearTimeout(timer);
    timer = setTimeout(refresh, milliseconds);
  }

  root.querySelector("[data-preview]").hidden = false;
  field.addEventListener("input", () => later(PAUSE));
  // Earlier fields may have gained citations meanwhile, which shifts the numbers in this one.
  field.addEventListener("focus", () => later(PAUSE));
  root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-show]");
    if (!button) return;
    root.dataset.view = button.dataset.show;
    for (const one of root.querySelectorAll("[data-show]")) one.setAttribute("aria-pressed", String(one === button));
  });
  if (field.value.trim()) refresh();
}

document.querySelectorAll("[data-markdown-editor]").forEach(start);
