// The toolbar and the word count of a Markdown field. Text goes in through insertText, so that Ctrl+Z takes it out again.
// Other modules put text at the caret by sending the text field a "markdown-insert" event with detail.text.

const WRAPS = {
  bold: { before: "**", after: "**", sample: "bold text" },
  italic: { before: "*", after: "*", sample: "italic text" },
  link: { before: "[", after: "](https://)", sample: "words of the link", place: "https://" },
  citation: { before: "[@", after: "]", sample: "key" },
  term: { before: "[", after: "](term:)", sample: "term", place: "term:" },
};
const LINE_STARTS = { heading: "## ", list: "- " };
const SHORTCUTS = { b: "bold", i: "italic" };

function replaceRange(field, start, end, text) {
  field.focus();
  field.setSelectionRange(start, end);
  const done = document.execCommand(text ? "insertText" : "delete", false, text);
  if (!done) {
    field.setRangeText(text, start, end, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function wrap(field, { before, after, sample, place }) {
  const { selectionStart: start, selectionEnd: end, value } = field;
  const words = value.slice(start, end) || sample;
  const chosen = end > start;
  replaceRange(field, start, end, before + words + after);
  const inner = start + before.length;
  if (chosen && place) {
    // The words are there already: what is still to be typed is the address.
    const at = inner + words.length + after.indexOf(place);
    field.setSelectionRange(place === "term:" ? at + place.length : at, at + place.length);
  } else {
    field.setSelectionRange(inner, inner + words.length);
  }
}

function startLines(field, sign) {
  const { value } = field;
  const start = value.lastIndexOf("\n", field.selectionStart - 1) + 1;
  const lineEnd = value.indexOf("\n", field.selectionEnd);
  const end = lineEnd === -1 ? value.length : lineEnd;
  const lines = value.slice(start, end).split("\n");
  const marked = lines.every((line) => line.startsWith(sign));
  const text = lines.map((line) => (marked ? line.slice(sign.length) : sign + line)).join("\n");
  replaceRange(field, start, end, text);
  if (lines.length > 1) field.setSelectionRange(start, start + text.length);
}

function insert(field, kind) {
  if (kind in WRAPS) wrap(field, WRAPS[kind]);
  if (kind in LINE_STARTS) startLines(field, LINE_STARTS[kind]);
}

// One stop for the Tab key; arrows, Home and End move inside (the ARIA toolbar pattern).
function moveWithArrows(toolbar) {
  const buttons = [...toolbar.querySelectorAll("button")];
  const makeCurrent = (current) => {
    for (const button of buttons) button.tabIndex = button === current ? 0 : -1;
  };
  makeCurrent(buttons[0]);
  toolbar.addEventListener("focusin", (event) => makeCurrent(event.target));
  toolbar.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(event.target);
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    buttons[(next + buttons.length) % buttons.length].focus();
  });
}

function countWords(text) {
  const read = text
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/\[[^\]]*@[^\]]*\]/g, " ");
  return (read.match(/[\p{L}\p{N}][^\s]*/gu) || []).length;
}

function showCount(root, words) {
  const limit = Number(root.dataset.wordLimit || 0);
  const place = root.querySelector("[data-count]");
  const over = limit > 0 && words > limit;
  place.hidden = false;
  place.classList.toggle("markdown-editor__count--over", over);
  const counted = limit ? `${words} of at most ${limit} words` : `${words} ${words === 1 ? "word" : "words"}`;
  place.textContent = over ? `${counted}: ${words - limit} too many` : counted;
}

function start(root) {
  const field = root.querySelector("textarea");
  const toolbar = root.querySelector("[data-tools]");
  root.querySelector("[data-bar]").hidden = false;
  root.dataset.ready = "";
  moveWithArrows(toolbar);
  toolbar.addEventListener("click", (event) => {
    const button = event.target.closest("[data-insert]");
    if (button) insert(field, button.dataset.insert);
  });
  field.addEventListener("keydown", (event) => {
    const kind = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && SHORTCUTS[event.key];
    if (!kind) return;
    event.preventDefault();
    insert(field, kind);
  });
  field.addEventListener("markdown-insert", (event) => {
    replaceRange(field, field.selectionStart, field.selectionEnd, event.detail.text);
  });
  field.addEventListener("input", () => showCount(root, countWords(field.value)));
  // The server counts what readers see; between its answers the count here is close enough.
  field.addEventListener("words-counted", (event) => showCount(root, event.detail.words));
  showCount(root, countWords(field.value));
}

document.querySelectorAll("[data-markdown-editor]").forEach(start);
