// Selecting words in a text and commenting on them: a button fills the form below the text with the words and with what
// stands around them. Everything works without it: the words can be copied into the form by hand.

const CONTEXT = 64;
const TEXTS = "[data-selectable], .shown__page";
// What is on the page and not in the text: numbers of citations and of comments, words for screen readers.
const THREADS = ".commented__threads";
const NO_TEXT = `.citations, .passage-link, .visually-hidden, .alt-text, ${THREADS}`;
const BLOCKS = "p, li, h1, h2, h3, h4, h5, h6, td, th, dt, dd, blockquote, pre, br";
const LONGEST = 2000;

// A citation goes with the space before it, as it does where the words are looked for.
function takeOut(element) {
  const before = element.previousSibling;
  if (element.matches(".citations") && before?.nodeType === Node.TEXT_NODE) before.data = before.data.replace(/ $/, "");
  element.remove();
}

function wordsIn(range) {
  const part = range.cloneContents();
  for (const each of part.querySelectorAll(NO_TEXT)) takeOut(each);
  for (const each of part.querySelectorAll(BLOCKS)) each.after("\n");
  return part.textContent;
}

function around(text, range, before) {
  const rest = document.createRange();
  rest.selectNodeContents(text);
  if (before) rest.setEnd(range.startContainer, range.startOffset);
  else rest.setStart(range.endContainer, range.endOffset);
  const words = wordsIn(rest);
  return before ? words.slice(-CONTEXT) : words.slice(0, CONTEXT);
}

function textAround(node) {
  const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
  return element?.closest(THREADS) ? null : element?.closest(TEXTS) || null;
}

// What is selected now, when all of it stands in one text.
function chosen() {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  const text = textAround(range.commonAncestorContainer);
  if (!text) return null;
  const passage = wordsIn(range).trim();
  if (!passage || passage.length > LONGEST) return null;
  return { passage, name: text.dataset.name || "", before: around(text, range, true), behind: around(text, range, false) };
}

function formFor(name) {
  const forms = [...document.querySelectorAll("form[data-comment-form]")];
  return forms.find((form) => form.dataset.commentForm === name) || forms[0];
}

function openAround(element) {
  for (let each = element.closest("details"); each; each = each.parentElement.closest("details")) each.open = true;
}

function fill(form, found) {
  form.querySelector("[data-passage]").value = found.passage;
  form.querySelector("[data-before]").value = found.before;
  form.querySelector("[data-behind]").value = found.behind;
  const part = form.querySelector("[data-field]");
  if (part) part.value = "";
  openAround(form);
  const comment = form.querySelector("[data-comment]");
  comment.focus({ preventScroll: true });
  comment.scrollIntoView({ block: "center" });
}

function makeBar() {
  const bar = document.createElement("div");
  bar.className = "selecting";
  bar.hidden = true;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "selecting__button";
  button.textContent = "Comment on the selected words";
  button.setAttribute("aria-keyshortcuts", "Control+Alt+M");
  bar.append(button);
  const said = document.createElement("p");
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  document.body.append(bar, said);
  return { bar, button, said };
}

function start() {
  const { bar, button, said } = makeBar();
  let found = null;

  function look() {
    found = chosen();
    if (bar.hidden === Boolean(found)) {
      said.textContent = found ? "To comment on the selected words, press Control, Alt and M." : "";
    }
    bar.hidden = !found;
  }

  function comment() {
    if (!found) return;
    const taken = found;
    document.getSelection().removeAllRanges();
    bar.hidden = true;
    fill(formFor(taken.name), taken);
  }

  document.addEventListener("selectionchange", look);
  // A touch or a click on the button must not take the selection away before it is read.
  button.addEventListener("pointerdown", (event) => event.preventDefault());
  button.addEventListener("click", comment);
  document.addEventListener("keydown", (event) => {
    if (!event.ctrlKey || !event.altKey || event.code !== "KeyM") return;
    event.preventDefault();
    comment();
  });
  // What stood around other words says nothing of words that are typed anew.
  for (const passage of document.querySelectorAll("form[data-comment-form] [data-passage]")) {
    passage.addEventListener("input", () => {
      for (const each of passage.form.querySelectorAll("[data-before], [data-behind]")) each.value = "";
    });
  }
}

if (document.querySelector("form[data-comment-form]")) start();
