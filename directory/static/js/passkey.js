// Passkeys: the browser makes one, or asks for one, and its answer is sent with the form. Without this file a code of
// an authenticator app does the same.

for (const form of document.querySelectorAll('form[data-passkey]')) {
  const problem = form.querySelector('[data-passkey-problem]')
  if (form.hidden) form.hidden = !window.PublicKeyCredential?.parseRequestOptionsFromJSON
  form.addEventListener('submit', async (event) => {
    const credential = form.querySelector('[data-passkey-credential]')
    if (credential.value) return // Answered: let it be sent.
    if (form.elements.name?.type === 'text' && !form.elements.name.value.trim()) return // The server says what is missing.
    event.preventDefault()
    problem.textContent = ''
    try {
      credential.value = JSON.stringify(await answer(form.dataset))
    } catch {
      problem.textContent = form.dataset.passkeyFailed
      return
    }
    form.submit()
  })
}

async function answer({ passkey, passkeyOptions, passkeyOptionsAt }) {
  const options = passkeyOptions ? JSON.parse(passkeyOptions) : await (await fetch(passkeyOptionsAt, { method: 'POST' })).json()
  const made =
    passkey === 'add'
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) })
  return made.toJSON()
}
