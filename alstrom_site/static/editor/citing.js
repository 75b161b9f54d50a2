// Completes keys of sources while somebody types one in a Markdown field. The caret stays in the text field, which keeps
// its role; the list of entries is tied to it (aria-controls, aria-activedescendant), as in the combobox of the ARIA APG.
// Enter or Tab takes the marked entry, Escape closes the list; with the list closed every key does what it always does.

const PAUSE = 120;
const LOOKED_BACK = 200;
const HELP = "Arrow keys choose, Enter inserts, Escape closes.";
// A key begins at an @ that is not inside a word and not escaped; several words only where a bracket is open.
const TYPED = /(?:^|[^\p{L}\p{N}.\\`])-?@(\{?)([^\s@[\]{};,`]*(?: [^\s@[\]{};,`]+){0,3})$/u;
const REST_OF_KEY = /^[\p{L}\p{N}_]+/u;
const MIRRORED = [
  "font-family", "font-size", "font-weight", "letter-spacing", "line-height", "tab-size", "text-indent", "word-spacing",
  "padding-top", "padding-right", "padding-bottom", "padding-left", "overflow-wrap", "word-break",
];

// What is being typed before the caret: {typed, start, inBrackets}, or null.
export function typedKey(text, caret) {
  const before = text.slice(Math.max(0, caret - LOOKED_BACK), caret);
  const found = TYPED.exec(before);
  if (!found || !found[2]) return null;
  const paragraph = before.slice(before.lastIndexOf("\n\n") + 1, found.index + 1);
  const inBrackets = paragraph.lastIndexOf("[") > paragraph.lastIndexOf("]");
  if (found[2].includes(" ") && !inBrackets) return null;
  return { typed: found[2], start: caret - found[2].length - found[1].length, inBrackets };
}

async function ask(root, field, typed, signal) {
  const body = new FormData();
  body.append("typed", typed);
  const response = await fetch(root.dataset.completionsUrl, {
    method: "POST",
    body,
    headers: { "X-CSRFToken": field.form?.elements.csrfmiddlewaretoken?.value || "" },
    redirect: "error",
    signal,
  });
  return response.ok ? response.json() : { results: [], look_up: "", by_hand: "" };
}

// Where the line of the caret ends, from the top of the text field: measured on a copy of the text up to there.
function belowCaret(field, position) {
  const style = getComputedStyle(field);
  const mirror = document.createElement("div");
  mirror.className = "citing__mirror";
  for (const name of MIRRORED) mirror.style.setProperty(name, style.getPropertyValue(name));
  mirror.style.width = `${field.clientWidth}px`;
  const mark = document.createElement("span");
  mark.textContent = "\u200b";
  mirror.append(field.value.slice(0, position), mark);
  field.after(mirror);
  const below = mark.offsetTop + mark.offsetHeight - field.scrollTop;
  mirror.remove();
  return Math.max(0, Math.min(below, field.clientHeight)) + field.offsetTop;
}

function part(name, text) {
  const element = document.createElement("span");
  element.className = `citing__${name}`;
  element.textContent = text;
  return element;
}

function option(id, parts) {
  const item = document.createElement("li");
  item.id = id;
  item.className = "citing__option";
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  for (const each of parts) item.append(each, " ");
  return item;
}

function entryOption(id, result) {
  const marks = result.standing.map((words) => {
    const mark = part("standing", words);
    mark.classList.toggle("citing__standing--retracted", words === result.retraction);
    return mark;
  });
  return option(id, [part("key", result.key), part("label", result.label), part("title", result.title), ...marks]);
}

class Completion {
  constructor(root, field) {
    this.root = root;
    this.field = field;
    this.choices = []; // what each option does when it is taken
    this.at = -1;
    this.list = document.createElement("ul");
    this.list.id = `${field.id}-completions`;
    this.list.className = "citing";
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "Entries of the bibliography");
    this.said = document.createElement("p");
    this.said.className = "visually-hidden";
    this.said.setAttribute("role", "status");
    field.after(this.list, this.said);
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", this.list.id);
    this.listen();
  }

  listen() {
    const { field, list } = this;
    field.addEventListener("input", () => this.later());
    field.addEventListener("keydown", (event) => this.press(event));
    field.addEventListener("blur", () => this.close());
    field.addEventListener("click", () => this.close());
    field.addEventListener("scroll", () => this.place());
    // The caret stays in the text: a finger or a mouse on the list does not take the focus away.
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const item = event.target.closest("[role=option]");
      if (item) this.take([...list.children].indexOf(item));
    });
  }

  get isOpen() {
    return !this.list.hidden;
  }

  later() {
    clearTimeout(this.timer);
    this.running?.abort();
    const now = typedKey(this.field.value, this.field.selectionStart);
    if (!now) return this.close();
    this.timer = setTimeout(() => this.refresh(now), PAUSE);
  }

  async refresh(now) {
    this.running = new AbortController();
    try {
      const answer = await ask(this.root, this.field, now.typed, this.running.signal);
      const still = typedKey(this.field.value, this.field.selectionStart);
      if (still?.typed === now.typed && document.activeElement === this.field) this.show(now, answer);
    } catch (failure) {
      if (failure.name !== "AbortError") this.close(); // without an answer there is no list; typing goes on
    }
  }

  show(now, { results, look_up: lookUp, by_hand: byHand }) {
    const written = results.some(({ key }) => key === now.typed);
    if (written && results.length === 1) return this.close();
    const offers = !written && (lookUp || (now.inBrackets && byHand));
    this.choices = results.map(({ key }) => () => this.insert(now, key));
    const options = results.map((result, index) => entryOption(`${this.list.id}-${index}`, result));
    if (offers) {
      this.choices.push(() => window.open(offers, "_blank", "noopener"));
      const words = part("look-up", `${lookUp ? "Look up and draft" : "Add by hand"} “${now.typed}”`);
      options.push(option(`${this.list.id}-look-up`, [words, part("title", "opens in a new tab")]));
    }
    if (!options.length) return this.close();
    this.list.replaceChildren(...options);
    this.list.hidden = false;
    this.start = now.start;
    this.place();
    this.list.scrollIntoView({ block: "nearest" });
    // To look something up leads away, so nobody gets there by a key that was meant for the text.
    this.mark(results.length ? 0 : -1);
    this.say(`${results.length} ${results.length === 1 ? "entry" : "entries"}${offers ? `, or ${lookUp ? "look it up" : "add it by hand"}` : ""}. ${HELP}`);
  }

  place() {
    if (this.isOpen) this.list.style.top = `${belowCaret(this.field, this.start)}px`;
  }

  mark(at) {
    this.at = at;
    [...this.list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === at)));
    const item = this.list.children[at];
    if (item) {
      this.field.setAttribute("aria-activedescendant", item.id);
      item.scrollIntoView({ block: "nearest" });
    } else {
      this.field.removeAttribute("aria-activedescendant");
    }
  }

  press(event) {
    if (!this.isOpen || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const count = this.choices.length;
    if (event.key === "Escape") {
      this.close();
    } else if (event.key === "ArrowDown") {
      this.mark((this.at + 1) % count);
    } else if (event.key === "ArrowUp") {
      this.mark((this.at <= 0 ? count : this.at) - 1);
    } else if ((event.key === "Enter" || event.key === "Tab") && !event.shiftKey && this.at >= 0) {
      this.take(this.at);
    } else {
      if (["Tab", "ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) this.close();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  take(at) {
    const choose = this.choices[at];
    this.close();
    choose?.();
  }

  insert({ start }, key) {
    const { field } = this;
    const caret = field.selectionStart;
    const rest = REST_OF_KEY.exec(field.value.slice(caret))?.[0].length || 0;
    const braced = field.value[start] === "{" && field.value[caret + rest] === "}" ? 1 : 0;
    field.setSelectionRange(start, caret + rest + braced);
    field.dispatchEvent(new CustomEvent("markdown-insert", { detail: { text: key } }));
    this.close();
    this.say(`${key} inserted.`);
  }

  say(sentence) {
    this.said.textContent = sentence;
  }

  close() {
    clearTimeout(this.timer);
    this.running?.abort();
    if (!this.isOpen) return;
    this.list.hidden = true;
    this.list.replaceChildren();
    this.choices = [];
    this.at = -1;
    this.field.removeAttribute("aria-activedescendant");
    this.say("");
  }
}

for (const root of document.querySelectorAll("[data-markdown-editor]")) {
  new Completion(root, root.querySelector("textarea"));
}
