// Passkeys: asks the browser to make one or to use one, and sends what it answers together with the form.
//
// Found by data-passkey ("create" or "get") on a form or on a part of one. Inside it: the button data-passkey-go, the
// hidden field data-passkey-credential and the live line data-passkey-status. The options stand in the page
// (#passkey-options), or come from the address data-passkey-from at the moment of the click, so that a page that lay
// open for an hour does not ask with an old challenge.

const SENTENCES = {
  NotAllowedError: "The passkey was not used: it was cancelled, or it took too long. Try again, or choose another way.",
  InvalidStateError: "This device holds a passkey for this account already.",
  SecurityError: "The browser does not allow passkeys at this address. Open the desk under its own name.",
};
const FAILED = "That did not work. Try again, or choose another way.";
const NUMBER_FOR_A_NAME = /^(\d+\.){3}\d+$|^\[/;

const toBytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));

const toText = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");

const named = (list) => (list ?? []).map((one) => ({ ...one, id: toBytes(one.id) }));

async function made({ publicKey }) {
  const options = {
    ...publicKey,
    challenge: toBytes(publicKey.challenge),
    user: { ...publicKey.user, id: toBytes(publicKey.user.id) },
    excludeCredentials: named(publicKey.excludeCredentials),
    // Kept on the device and opened by its owner: otherwise it could not stand in for a password.
    authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
  };
  const credential = await navigator.credentials.create({ publicKey: options });
  const { attestationObject } = credential.response;
  return spelled(credential, {
    attestationObject: toText(attestationObject),
    transports: credential.response.getTransports?.() ?? [],
  });
}

async function used({ publicKey }) {
  const options = {
    ...publicKey,
    challenge: toBytes(publicKey.challenge),
    allowCredentials: named(publicKey.allowCredentials),
  };
  const credential = await navigator.credentials.get({ publicKey: options });
  const { authenticatorData, signature, userHandle } = credential.response;
  return spelled(credential, {
    authenticatorData: toText(authenticatorData),
    signature: toText(signature),
    userHandle: userHandle ? toText(userHandle) : null,
  });
}

function spelled(credential, response) {
  return {
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? null,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: { ...response, clientDataJSON: toText(credential.response.clientDataJSON) },
  };
}

async function optionsFor(part, form) {
  const from = part.dataset.passkeyFrom;
  if (!from) return JSON.parse(document.getElementById("passkey-options").textContent);
  const asked = { headers: { Accept: "application/json" } };
  if (part.dataset.passkeyMethod === "post") {
    asked.method = "POST";
    asked.headers["X-CSRFToken"] = form.elements.csrfmiddlewaretoken.value;
  }
  const answer = await fetch(from, asked);
  if (answer.status === 403) return undefined;
  if (!answer.ok) throw new Error(`${from} answered ${answer.status}`);
  return (await answer.json()).request_options;
}

function start(part) {
  const button = part.querySelector("[data-passkey-go]");
  const status = part.querySelector("[data-passkey-status]");
  if (!button || !window.PublicKeyCredential) return;
  const form = button.form;

  async function go() {
    button.disabled = true;
    status.textContent = "";
    try {
      const options = await optionsFor(part, form);
      // Signed out, or in anew on another page: then the form is answered with a page that gives back what was typed.
      if (!options) return form.requestSubmit();
      const answer = await (part.dataset.passkey === "create" ? made(options) : used(options));
      part.querySelector("[data-passkey-credential]").value = JSON.stringify(answer);
      form.requestSubmit();
    } catch (problem) {
      status.textContent = SENTENCES[problem.name] ?? FAILED;
    } finally {
      button.disabled = false;
    }
  }

  button.hidden = false;
  status.textContent = "";
  if (NUMBER_FOR_A_NAME.test(location.hostname)) {
    const port = location.port ? `:${location.port}` : "";
    const sentence = `Passkeys need a name in the address, and this one is a number. Open http://localhost${port}/admin/ instead.`;
    button.addEventListener("click", () => (status.textContent = sentence));
  } else {
    button.addEventListener("click", go);
  }
}

document.querySelectorAll("[data-passkey]").forEach(start);
