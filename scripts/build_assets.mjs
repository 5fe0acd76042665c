// Builds what browsers load into directory/static/built: our Sass and JavaScript, and the few files we need of each
// package. Every file carries a hash of its content in its name; manifest.json says which name stands for which file.
//
// Safe to stop at any point and to run beside a running site: files are added under new names first, the manifest is
// swapped in one rename, and only files that neither the new nor the former manifest names are removed.

import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as sass from 'sass'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const PACKAGES = join(ROOT, 'node_modules')
const STATIC = join(ROOT, 'directory', 'static')
const BUILT = join(STATIC, 'built')
const GOVUK = join(PACKAGES, 'govuk-frontend', 'dist', 'govuk', 'components')
const LEAFLET = join(PACKAGES, 'leaflet', 'dist')

// Files of packages, by the name that our own files and templates use.
const VENDOR_SCRIPTS = {
  'govuk-button.js': join(GOVUK, 'button', 'button.bundle.mjs'),
  'govuk-error-summary.js': join(GOVUK, 'error-summary', 'error-summary.bundle.mjs'),
  'govuk-password-input.js': join(GOVUK, 'password-input', 'password-input.bundle.mjs'),
  'govuk-skip-link.js': join(GOVUK, 'skip-link', 'skip-link.bundle.mjs'),
  'leaflet.js': join(LEAFLET, 'leaflet.js'),
  'accessible-autocomplete.js': join(PACKAGES, 'accessible-autocomplete', 'dist', 'accessible-autocomplete.min.js'),
}
// `from './x.js'`, `import './x.js'`, `import('./x.js')` and `new URL('./x.css', import.meta.url)`.
const IMPORT = /(\bfrom\s*|\bimport\s*\(?\s*|\bnew URL\(\s*)(['"])\.\/([\w-]+\.(?:js|css|json))\2/g
const CSS_URL = /url\(\s*['"]?([^'")]+)['"]?\s*\)/g
const SOURCE_MAP = /^\/[/*][#@] sourceMappingURL=.*$/gm
const HOUR_MS = 3_600_000

const files = new Map() // plain name → { name, content }

/** Keep `content` under the plain name; the answer is the hashed name. */
function keep(plain, content) {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 12)
  const suffix = extname(plain)
  const name = `${basename(plain, suffix)}.${hash}${suffix}`
  files.set(plain, { name, content })
  return name
}

/** A script after the scripts it imports, whose hashed names it then holds. */
async function script(plain, sources, inProgress = []) {
  if (files.has(plain)) return files.get(plain).name
  if (!sources.has(plain)) throw new Error(`${inProgress.at(-1) ?? 'The build'} asks for ${plain}, which is not there.`)
  if (inProgress.includes(plain)) throw new Error(`${plain} imports itself: ${[...inProgress, plain].join(' → ')}`)
  let text = (await readFile(sources.get(plain), 'utf8')).replace(SOURCE_MAP, '')
  for (const name of new Set([...text.matchAll(IMPORT)].map((match) => match[3]))) {
    await script(name, sources, [...inProgress, plain])
  }
  text = text.replace(IMPORT, (_, before, quote, name) => `${before}${quote}./${files.get(name).name}${quote}`)
  return keep(plain, text)
}

async function scripts() {
  const sources = new Map(Object.entries(VENDOR_SCRIPTS))
  for (const name of (await readdir(join(STATIC, 'js'))).sort()) {
    if (name.endsWith('.js')) sources.set(name, join(STATIC, 'js', name))
  }
  for (const plain of sources.keys()) await script(plain, sources)
}

/** Leaflet's own style sheet, with its pictures under hashed names beside it. */
async function leafletStyles() {
  let text = await readFile(join(LEAFLET, 'leaflet.css'), 'utf8')
  const pictures = [...text.matchAll(CSS_URL)].map((match) => match[1]).filter((url) => url.startsWith('images/'))
  for (const url of new Set([...pictures, 'images/marker-icon-2x.png', 'images/marker-shadow.png'])) {
    keep(basename(url), await readFile(join(LEAFLET, url)))
  }
  text = text.replace(CSS_URL, (all, url) => (url.startsWith('images/') ? `url(${files.get(basename(url)).name})` : all))
  keep('leaflet.css', text)
}

/** Every style sheet whose name does not begin with _ stands for itself; the others are parts of it. */
async function styles() {
  const folder = join(STATIC, 'css')
  for (const name of (await readdir(folder)).sort()) {
    if (!name.endsWith('.scss') || name.startsWith('_')) continue
    const { css } = sass.compile(join(folder, name), { loadPaths: [PACKAGES, folder], style: 'compressed', quietDeps: true })
    const elsewhere = [...css.matchAll(CSS_URL)].find((match) => /^(\w+:)?\/\//.test(match[1]))
    if (elsewhere) throw new Error(`${name} would load ${elsewhere[1]}: only files of this site may be loaded.`)
    keep(name.replace(/\.scss$/, '.css'), css)
  }
}

/** Pictures, and the outlines of the areas for the map. */
async function whole() {
  const folder = join(STATIC, 'icons')
  for (const name of (await readdir(folder)).sort()) keep(name, await readFile(join(folder, name)))
  keep('boundaries.geojson', await readFile(join(ROOT, 'data', 'boundaries.geojson')))
}

/** The names offered while a place is typed: each once, the biggest first, with nothing else about it. */
async function places() {
  const names = new Map() // what is offered → people who live there
  const add = (name, people) => name && names.set(name, Math.max(names.get(name) ?? 0, Number(people) || 0))
  for (const row of await rows('places.csv')) add(row.name, row.population)
  for (const row of await rows('areas.csv')) add(row.lad_display_name || row.lad_name, row.pop_total)
  const sorted = [...names].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([name]) => name)
  keep('places.json', JSON.stringify(sorted))
}

/** The rows of a table in data/, by column. Cells may be quoted; none of these tables holds a line break in a cell. */
async function rows(file) {
  const lines = (await readFile(join(ROOT, 'data', file), 'utf8')).replace(/^\uFEFF/, '').split(/\r?\n/).filter(Boolean)
  const cells = (line) =>
    [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((match) => (match[1] ?? match[2]).replaceAll('""', '"'))
  const head = cells(lines[0])
  return lines.slice(1).map((line) => Object.fromEntries(cells(line).map((cell, index) => [head[index], cell])))
}

async function manifestOf(folder) {
  const path = join(folder, 'manifest.json')
  if (!existsSync(path)) return {}
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch {
    return {} // Half-written by something else: build afresh.
  }
}

async function write() {
  await mkdir(BUILT, { recursive: true })
  const former = await manifestOf(BUILT)
  for (const { name, content } of files.values()) await swap(join(BUILT, name), content)
  const manifest = Object.fromEntries([...files].map(([plain, { name }]) => [plain, name]).sort())
  await swap(join(BUILT, 'manifest.json'), `${JSON.stringify(manifest, null, 1)}\n`)
  const wanted = new Set([...Object.values(manifest), ...Object.values(former), 'manifest.json'])
  for (const name of await readdir(BUILT)) {
    // What another build is writing at this moment is not ours to remove.
    const inProgress = name.endsWith('.new') && Date.now() - (await stat(join(BUILT, name))).mtimeMs < HOUR_MS
    if (!wanted.has(name) && !inProgress) await rm(join(BUILT, name), { recursive: true, force: true })
  }
}

async function swap(path, content) {
  const beside = `${path}.${process.pid}.new`
  await writeFile(beside, content)
  await rename(beside, path)
}

const started = Date.now()
await Promise.all([leafletStyles(), styles(), whole(), places()])
await scripts()
await write()
const size = [...files.values()].reduce((sum, { content }) => sum + Buffer.byteLength(content), 0)
console.log(`Front end: ${files.size} files, ${Math.round(size / 1024)} KB, in ${Date.now() - started} ms.`)
