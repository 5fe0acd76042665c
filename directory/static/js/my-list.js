// My list: a quiet warning before it is emptied, with one tap to keep it; copying an address; printing a sheet; and on
// a phone the sections of a family's page folded. Without this file the warning stands on the next page, the address
// can be copied by hand, the browser prints, and the sections are open.

const WARN_S = 10 * 60
const TICK_MS = 15 * 1000
const LIST_S = 30 * 60
const PHONE = '(max-width: 40em)'
// Pages that show what is on the list: when it is emptied, they must not go on showing it.
const PAGES_OF_THE_LIST = /^\/(my-list|family)(\/|$)/

class ListClock {
  constructor(bar) {
    this.bar = bar
    this.status = bar.querySelector('[data-list-status]')
    this.form = bar.querySelector('[data-list-keep]')
    this.restart(Number(bar.dataset.listLeftS))
    this.form.addEventListener('submit', (event) => this.keep(event))
    setInterval(() => this.tick(), TICK_MS)
    // A phone that slept has stopped our clock, not the server's.
    document.addEventListener('visibilitychange', () => this.tick())
  }

  restart(leftS) {
    this.endsAt = Date.now() + leftS * 1000
    this.warned = 0
    this.tick()
  }

  tick() {
    const leftS = (this.endsAt - Date.now()) / 1000
    if (leftS <= 0) this.end()
    else if (leftS <= WARN_S) this.warn(Math.max(1, Math.floor(leftS / 60)))
  }

  /** Said at ten minutes, five, two and one: not every minute, for somebody who listens to the page. */
  warn(minutes) {
    const due = [1, 2, 5, 10].find((mark) => minutes <= mark)
    if (this.warned === due) return
    this.warned = due
    this.form.hidden = false
    this.bar.dataset.endsSoon = ''
    const words = this.bar.dataset
    this.status.textContent = minutes > 1 ? words.listWords.replace('{minutes}', minutes) : words.listLastWords
  }

  async keep(event) {
    event.preventDefault()
    const headers = { Accept: 'application/json' }
    const answer = await fetch(this.form.action, { method: 'POST', headers }).catch(() => null)
    if (!answer) {
      this.form.submit()
      return
    }
    if (answer.status !== 204) {
      this.end()
      return
    }
    this.form.hidden = true
    delete this.bar.dataset.endsSoon
    this.status.textContent = this.bar.dataset.listKept
    this.restart(LIST_S)
  }

  end() {
    // The server decides: another tab may have used the list since.
    if (PAGES_OF_THE_LIST.test(location.pathname)) location.replace('/my-list')
    else this.bar.remove()
  }
}

function copying(button) {
  const words = document.querySelector('[data-copy-from]')
  const status = document.querySelector('[data-copy-status]')
  if (!navigator.clipboard || !words) return
  button.hidden = false
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(words.textContent)
    status.textContent = button.dataset.copyDone
  })
}

function folding() {
  const folded = [...document.querySelectorAll('[data-fold-on-a-phone]')]
  if (!matchMedia(PHONE).matches) return
  const wanted = document.getElementById(location.hash.slice(1))
  // The first of each person stays open, and whatever an address points into; 'always' is no person's.
  for (const each of folded) {
    const first = each.dataset.foldOnAPhone !== 'always' && each.parentElement.querySelector('[data-fold-on-a-phone]') === each
    if (!first && !(wanted && each.contains(wanted))) each.open = false
  }
}

const bar = document.querySelector('[data-list-left-s]')
if (bar) new ListClock(bar)
document.querySelectorAll('[data-copy]').forEach(copying)
for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => window.print())
}
folding()
