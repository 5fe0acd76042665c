// Offers names of places while one is typed. All names come in one file, so no key that is pressed is sent anywhere.
// Without this file the place is a plain field and works as one.

import './accessible-autocomplete.js'

const NAMES = new URL('./places.json', import.meta.url)
const STYLES = new URL('./autocomplete.css', import.meta.url)
const OFFERED_MAX = 6
const LETTERS_MIN = 2

/** Lower case, no accents, no marks: 'St. Ives' is found by 'st ives'. */
function plain(text) {
  const marks = /[\u0300-\u036f]/g
  return text.normalize('NFD').replace(marks, '').toLowerCase().replace(/[^a-z0-9]+/g, ' ').trim()
}

/** Names that begin with what was typed, then names with a word that does; each list the biggest place first. */
function matching(typed, names) {
  const wanted = plain(typed)
  // Something with a digit in it is a postcode: no name may take its place.
  if (wanted.length < LETTERS_MIN || /\d/.test(wanted)) return []
  const first = names.filter(({ key }) => key.startsWith(wanted))
  const later = names.filter(({ key }) => key.includes(` ${wanted}`))
  return [...new Set([...first, ...later])].slice(0, OFFERED_MAX).map(({ name }) => name)
}

function addStyles() {
  const link = document.createElement('link')
  link.rel = 'stylesheet'
  link.href = STYLES
  document.head.append(link)
}

async function enhance(form) {
  const field = form.querySelector('input[name="place"]')
  if (!field || !window.accessibleAutocomplete) return
  const answer = await fetch(NAMES)
  if (!answer.ok) return
  const names = (await answer.json()).map((name) => ({ name, key: plain(name) }))
  // Never pull a field from under somebody, nor an error's words from a field. Nothing may wait between here and the
  // moment the field is replaced: what is typed in that time would be lost.
  if (document.activeElement === field || field.value) return
  addStyles()
  const place = document.createElement('div')
  // The library describes the field by its own hint alone, so the field's own goes before it.
  const hint = document.getElementById(field.getAttribute('aria-describedby') ?? '')?.textContent.trim()
  const words = form.querySelector('[data-place-words]')?.dataset ?? {}
  field.after(place)
  window.accessibleAutocomplete({
    element: place,
    id: field.id,
    name: field.name,
    source: (typed, offer) => offer(matching(typed, names)),
    confirmOnBlur: false,
    // Laid over the page: a list that pushes the form down makes the next press land on nothing.
    displayMenu: 'overlay',
    autoselect: false,
    showNoOptionsFound: false,
    minLength: LETTERS_MIN,
    inputClasses: field.className,
    tStatusQueryTooShort: (least) => (words.placeTooShort ?? '').replace('{least}', least),
    tStatusNoResults: () => words.placeNone ?? '',
    tStatusSelectedOption: (chosen, length, index) =>
      (words.placeChosen ?? '{name}').replace('{name}', chosen).replace('{number}', index + 1).replace('{all}', length),
    tStatusResults: (length) => (words.placeOffered ?? '{all}').replace('{all}', length),
    tAssistiveHint: () => [hint, words.placeHelp].filter(Boolean).join(' '),
  })
  place.querySelector('input').spellcheck = false
  field.remove()
}

for (const form of document.querySelectorAll('[data-place-suggestions]')) {
  enhance(form).catch(() => {}) // The plain field is still there.
}
