// Keeps what is typed into a form on the server, every few seconds and when the page is left; it saves nothing. The
// same beat says who else is in the document.

const PAUSE = 1500; // after the last key
const LONGEST = 4000; // while somebody types without a pause
const BEAT = 15_000;
const TOO_LONG_AWAY = 20_000; // a form that was sent and brought no new page: it is being typed in still
const NOT_KEPT = "What you type is not being kept just now. Save it, or leave this page open.";
const TOKEN = "csrfmiddlewaretoken";
const SIGNED_OUT = "You may be signed out. Sign in on another page, then save here.";

const textOf = (form) => {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") fields.append(name, value);
  fields.delete(TOKEN);
  return fields;
};

function start(root) {
  const form = root.closest("form");
  const kept = form.querySelector("[data-autosave-kept]");
  const error = form.querySelector("[data-autosave-error]");
  const address = new URL(root.dataset.autosave, document.baseURI);
  let known = "unsaved" in root.dataset ? "" : String(textOf(form));
  let due = 0;
  let timer;
  let running;
  let sentAt = 0; // when the form itself was sent
  const isBeingSent = () => Date.now() - sentAt < TOO_LONG_AWAY;

  function show({ kept: at, others }) {
    if (at) kept.textContent = `Your typing was kept at ${at}. It is not saved yet.`;
    error.textContent = "";
    root.hidden = !others;
    if (root.textContent !== others) root.textContent = others;
  }

  function question(did, text) {
    const url = new URL(address);
    url.searchParams.set("did", did);
    const body = did === "type" ? text : new URLSearchParams();
    body.set(TOKEN, form.elements[TOKEN].value);
    return [url, body];
  }

  // Whoever opened this page and signed in again on another one goes on here; anybody else does not.
  function takesUp({ token, person }) {
    if (!token || String(person) !== root.dataset.person) return false;
    form.elements[TOKEN].value = token;
    return true;
  }

  async function send(did, text, isAgain = false) {
    running?.abort();
    const mine = new AbortController();
    running = mine;
    const [url, body] = question(did, text);
    try {
      const answer = await fetch(url, { method: "POST", body, redirect: "error", signal: mine.signal });
      const told = await answer.json();
      if (!answer.ok && !isAgain && takesUp(told)) return send(did, text, true);
      if (!answer.ok) throw new Error(told.error);
      show(told);
    } catch (failure) {
      if (failure.name === "AbortError" || running !== mine) return;
      if (did === "type") known = "";
      const isSaid = failure.name === "Error" && failure.message;
      error.textContent = isSaid ? failure.message : `${NOT_KEPT} ${SIGNED_OUT}`;
    }
  }

  // Says what was typed, or only that somebody is here.
  function beat() {
    clearTimeout(timer);
    timer = undefined;
    due = 0;
    if (isBeingSent()) return;
    const text = textOf(form);
    const now = String(text);
    if (now === known) {
      if (!document.hidden) send("stay");
      return;
    }
    known = now;
    send("type", text);
  }

  function soon() {
    const now = Date.now();
    due ||= now + LONGEST;
    clearTimeout(timer);
    timer = setTimeout(beat, Math.max(0, Math.min(PAUSE, due - now)));
  }

  // The page is going: what it asks now is answered to nobody. A browser takes little in this way; what is longer was
  // kept a few seconds ago.
  function last(did, text) {
    const [url, body] = question(did, text);
    return navigator.sendBeacon(url, body);
  }

  function leave() {
    if (isBeingSent()) return;
    const text = textOf(form);
    if (String(text) !== known) last("type", text);
    last("leave");
  }

  for (const kind of ["input", "change", "click"]) form.addEventListener(kind, soon);
  form.addEventListener("submit", () => {
    sentAt = Date.now();
    clearTimeout(timer);
    running?.abort();
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden || String(textOf(form)) !== known) beat();
  });
  addEventListener("pagehide", leave);
  addEventListener("pageshow", (event) => {
    if (event.persisted) beat();
  });
  setInterval(beat, BEAT);
  beat();
}

document.querySelectorAll("[data-autosave]").forEach(start);
