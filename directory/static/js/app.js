// Every page: the exit, and the three GOV.UK components that need a script.

import { Button } from './govuk-button.js'
import { ErrorSummary } from './govuk-error-summary.js'
import { SkipLink } from './govuk-skip-link.js'
import './exit.js'

for (const Component of [Button, ErrorSummary, SkipLink]) {
  for (const root of document.querySelectorAll(`[data-module="${Component.moduleName}"]`)) {
    new Component(root)
  }
}

if (document.querySelector('[data-list-left-s], [data-copy], [data-print], [data-fold-on-a-phone]')) import('./my-list.js')
if (document.querySelector('[data-place-suggestions]')) import('./place.js')

// A status that is there from the start is not read out; one whose words come later is.
for (const status of document.querySelectorAll('[role="status"][data-announce]')) {
  const words = status.textContent
  status.textContent = ''
  setTimeout(() => {
    status.textContent = words
  }, 500)
}
