// Sending a picture: by button, paste or drop. Only a finished upload writes into the text; a failure is said in the form.

const MOST_BYTES = 10 * 1024 * 1024;

async function send(url, token, file, alt) {
  const body = new FormData();
  body.append("image", file);
  body.append("alt", alt);
  let response;
  try {
    response = await fetch(url, { method: "POST", body, headers: { "X-CSRFToken": token }, redirect: "error" });
  } catch {
    throw new Error("The server cannot be reached. Your text is as you typed it; try again in a moment.");
  }
  const answer = await response.json().catch(() => ({}));
  if (response.ok && typeof answer.markdown === "string") return answer.markdown;
  throw new Error(answer.error || `The server could not take the picture (error ${response.status}). Try again later.`);
}

function pictureIn(transfer) {
  // Word and Excel offer a picture of what was copied besides its text: there the text is meant.
  if (!transfer || transfer.types.includes("text/plain")) return undefined;
  return [...transfer.files].find((file) => file.type.startsWith("image/"));
}

function putInto(input, file) {
  const list = new DataTransfer();
  list.items.add(file);
  input.files = list.files;
}

function fault(file, alt) {
  if (!file) return { part: "file", sentence: "Choose a picture file." };
  if (file.size > MOST_BYTES) return { part: "file", sentence: "This file is larger than 10 MB. Save it smaller." };
  if (!alt) return { part: "alt", sentence: "Describe the picture in words, for readers who cannot see it." };
  return null;
}

function start(root) {
  const field = root.querySelector("textarea");
  const form = root.querySelector("[data-picture-form]");
  const [file, alt, error, sendButton] = ["file", "alt", "error", "send"].map((part) =>
    form.querySelector(`[data-picture-${part}]`),
  );

  function open(given) {
    form.hidden = false;
    if (given) putInto(file, given);
    (given ? alt : file).focus();
  }

  function close() {
    form.hidden = true;
    file.value = "";
    alt.value = "";
    error.textContent = "";
    field.focus();
  }

  async function sendNow() {
    const wrong = fault(file.files[0], alt.value.trim());
    if (wrong) {
      error.textContent = wrong.sentence;
      (wrong.part === "file" ? file : alt).focus();
      return;
    }
    sendButton.disabled = true;
    error.textContent = "Sending the picture…";
    try {
      const token = field.form?.elements.csrfmiddlewaretoken?.value || "";
      const text = await send(root.dataset.uploadUrl, token, file.files[0], alt.value.trim());
      close();
      field.dispatchEvent(new CustomEvent("markdown-insert", { detail: { text } }));
    } catch (failure) {
      error.textContent = failure.message;
    } finally {
      sendButton.disabled = false;
    }
  }

  root.querySelector("[data-insert=picture]").addEventListener("click", () => open());
  form.querySelector("[data-picture-cancel]").addEventListener("click", close);
  sendButton.addEventListener("click", sendNow);
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    if (event.key !== "Enter" || event.target.type !== "text") return;
    event.preventDefault(); // Enter here must not send the form around it
    sendNow();
  });
  field.addEventListener("paste", (event) => {
    const picture = pictureIn(event.clipboardData);
    if (!picture) return;
    event.preventDefault();
    open(picture);
  });
  field.addEventListener("dragover", (event) => {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
  });
  field.addEventListener("drop", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault(); // the browser would leave the page to open the file
    open(pictureIn(event.dataTransfer));
  });
}

document.querySelectorAll("[data-markdown-editor]").forEach(start);
