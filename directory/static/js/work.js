// Pages for those who sign in, with work.css: showing a password that is typed, and passkeys.

import { PasswordInput } from './govuk-password-input.js'

for (const root of document.querySelectorAll(`[data-module="${PasswordInput.moduleName}"]`)) new PasswordInput(root)
if (document.querySelector('[data-passkey]')) import('./passkey.js')
