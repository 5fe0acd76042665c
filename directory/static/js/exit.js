// Leaving at once: the exit link, and Shift three times. Follows GOV.UK's 'Exit this page', with three differences:
// the page is replaced in the history instead of added to it; the title is blanked with the page; and presses made
// inside our own frame (the map) are handed to the page around it, so that focus in the frame does not hinder leaving.
// Without this file the exit is a plain link and works as one.

const PRESSES = 3
const WITHIN_MS = 5000
const FORWARDED = 'support-directory:key'
const EXIT_ADDRESS = '/exit'
const CLEAR_MS = 1000

/** The page around our frame, when it is ours and listens; else null. */
function pageAround() {
  try {
    return window.top.document.documentElement.dataset.exitReady ? window.top : null
  } catch {
    return null // Another site's page: its document is closed to us.
  }
}

class Exit {
  constructor(root) {
    this.root = root
    this.words = root?.dataset ?? {}
    this.presses = 0
    this.afterAnotherKey = false
    this.timer = null
    this.status = document.createElement('span')
    this.status.className = 'govuk-visually-hidden'
    this.status.setAttribute('role', 'status')
    ;(root ?? document.body).append(this.status)
    this.lights = this.makeLights()
    for (const link of document.querySelectorAll('[data-exit-link]')) {
      link.addEventListener('click', (event) => {
        event.preventDefault()
        this.leave()
      })
    }
    window.addEventListener('pageshow', () => this.reset())
  }

  listen() {
    document.addEventListener('keyup', (event) => this.key(event.key, event.shiftKey), true)
    document.addEventListener(FORWARDED, (event) => this.key(event.detail.key, event.detail.shiftKey))
    document.documentElement.dataset.exitReady = 'yes'
  }

  makeLights() {
    const link = this.root?.querySelector('[data-exit-link]')
    if (!link) return null
    const box = document.createElement('span')
    box.className = 'govuk-exit-this-page__indicator'
    box.setAttribute('aria-hidden', 'true')
    for (let index = 0; index < PRESSES; index += 1) {
      const light = document.createElement('span')
      light.className = 'govuk-exit-this-page__indicator-light'
      box.append(light)
    }
    link.append(box)
    return box
  }

  /** A key came up. Shift used to make a capital letter, or with another key, is not a press. */
  key(name, withShift) {
    if (name === 'Shift' && !this.afterAnotherKey) {
      this.presses += 1
      if (this.presses >= PRESSES) {
        this.leave()
        return
      }
      this.say(this.presses === 1 ? this.words.exitTwoMore : this.words.exitOneMore)
      this.showLights()
      clearTimeout(this.timer)
      this.timer = setTimeout(() => this.forget(), WITHIN_MS)
    } else if (this.presses) {
      this.forget()
    }
    this.afterAnotherKey = withShift
  }

  forget() {
    clearTimeout(this.timer)
    this.presses = 0
    this.showLights()
    this.say(this.words.exitTimedOut)
    this.timer = setTimeout(() => this.say(''), WITHIN_MS)
  }

  say(words) {
    this.status.textContent = words ?? ''
  }

  showLights() {
    if (!this.lights) return
    this.lights.classList.toggle('govuk-exit-this-page__indicator--visible', this.presses > 0)
    ;[...this.lights.children].forEach((light, index) => {
      light.classList.toggle('govuk-exit-this-page__indicator-light--on', index < this.presses)
    })
  }

  /** Blank first, go next: the new page may be slow to come. */
  leave() {
    const overlay = document.createElement('div')
    overlay.className = 'govuk-exit-this-page-overlay'
    overlay.setAttribute('role', 'alert')
    document.body.append(overlay)
    document.body.classList.add('govuk-exit-this-page-hide-content')
    overlay.textContent = this.words.exitLeaving ?? ''
    this.title = document.title
    document.title = '\u00a0'
    this.clearThenGo()
  }

  /** Our server clears what this site kept; where it is slow or gone, leaving does not wait for it. */
  async clearThenGo() {
    const cleared = fetch(EXIT_ADDRESS, { redirect: 'manual', keepalive: true }).catch(() => {})
    const waited = new Promise((done) => setTimeout(done, CLEAR_MS))
    await Promise.race([cleared, waited])
    window.top.location.replace(this.words.exitTo ?? EXIT_ADDRESS)
  }

  /** Shown again, perhaps from the browser's memory of the page. */
  reset() {
    clearTimeout(this.timer)
    this.presses = 0
    this.afterAnotherKey = false
    document.body.classList.remove('govuk-exit-this-page-hide-content')
    document.querySelectorAll('.govuk-exit-this-page-overlay').forEach((overlay) => overlay.remove())
    if (this.title) document.title = this.title
    this.showLights()
    this.say('')
  }
}

/** In our frame: hand each key to the page around it. It may be ready later than we are, so ask at every key. */
function forwardKeys() {
  let alone = null
  document.addEventListener(
    'keyup',
    (event) => {
      const page = pageAround()
      const detail = { key: event.key, shiftKey: event.shiftKey }
      if (page) {
        page.document.dispatchEvent(new page.CustomEvent(FORWARDED, { detail }))
      } else {
        alone ??= new Exit(null)
        alone.key(detail.key, detail.shiftKey)
      }
    },
    true,
  )
}

if (window.top === window) {
  const exit = new Exit(document.querySelector('[data-exit]'))
  exit.listen()
} else {
  forwardKeys()
}
