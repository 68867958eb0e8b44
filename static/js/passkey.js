// Passkeys: a button with data-passkey asks the browser for one, puts the answer into its form and sends that. What went wrong is
// said in the element after the button, in the words of its data-failed.
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

// Whoever thinks better of it, or waits too long, stays on the page and can press again.
const REFUSED = ["NotAllowedError", "AbortError"];

for (const button of document.querySelectorAll("[data-passkey]")) {
  const form = document.getElementById(button.dataset.form);
  const said = button.nextElementSibling;
  let asking = false;
  button.hidden = !supported;
  button.addEventListener("click", () => form.requestSubmit());
  // Enter in a field comes by here too: without the answer of a passkey there is nothing to send.
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    // A browser refuses a second question while it waits for the answer to the first.
    if (asking) return;
    asking = true;
    said.textContent = "";
    try {
      const credential = await ask(button.dataset.passkey, form);
      form.elements.credential.value = JSON.stringify(credential);
      form.submit();
    } catch (error) {
      if (!REFUSED.includes(error.name)) said.textContent = said.dataset.failed;
    } finally {
      asking = false;
    }
  });
}
