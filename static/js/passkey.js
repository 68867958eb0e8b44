// Passkeys: a button with data-passkey asks the browser for one, puts the answer into its form and sends that.
// "create" and "get" find what the server wants in #passkey-options; "sign-in" asks for it at the form's data-options.

const supported = Boolean(window.PublicKeyCredential?.parseRequestOptionsFromJSON);

async function wanted(form) {
  if (!form.dataset.options) return JSON.parse(document.getElementById("passkey-options").textContent);
  const answer = await fetch(form.dataset.options, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`no options: ${answer.status}`);
  return answer.json();
}

async function ask(kind, form) {
  const options = await wanted(form);
  if (kind === "create") {
    const publicKey = options.creation_options.publicKey;
    const passwordless = form.elements.passwordless?.checked ?? false;
    publicKey.authenticatorSelection = {
      ...publicKey.authenticatorSelection,
      residentKey: passwordless ? "required" : "discouraged",
      requireResidentKey: passwordless,
      ...(passwordless && { userVerification: "required" }),
    };
    return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) });
  }
  const publicKey = options.request_options.publicKey;
  return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) });
}

for (const button of document.querySelectorAll("[data-passkey]")) {
  if (!supported) {
    button.hidden = true;
    continue;
  }
  button.addEventListener("click", async () => {
    const form = document.getElementById(button.dataset.form);
    try {
      const credential = await ask(button.dataset.passkey, form);
      form.elements.credential.value = JSON.stringify(credential);
      form.submit();
    } catch {
      // Whoever thinks better of it stays on the page, and can press again.
    }
  });
}
