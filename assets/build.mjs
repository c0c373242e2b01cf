// Builds assets/dist: scripts by esbuild, styles by the Tailwind CLI, the icon sprite and pictures, all by content-hashed
// names with manifest.json, gzip and brotli forms beside.
//
//   node assets/build.mjs            once, compressed as far as it goes
//   node assets/build.mjs --watch    again whenever a source changes
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { watch } from 'node:fs'
import { mkdir, readFile, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import zlib from 'node:zlib'
import esbuild from 'esbuild'
import { fonts } from './fonts.mjs'
import { sprite, iconNames } from './icons.mjs'

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const at = (...parts) => path.join(root, ...parts)
const dist = at('assets/dist')
const watching = process.argv.includes('--watch')

const brotli = promisify(zlib.brotliCompress)
const gzip = promisify(zlib.gzip)
const compressible = new Set(['.js', '.css', '.svg', '.json', '.txt'])

/** All files below a folder, as paths from it; none if there is no folder. */
async function list(folder) {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    return entries.filter((e) => e.isFile()).map((e) => path.relative(folder, path.join(e.parentPath, e.name)))
  } catch (error) {
    if (error.code === 'ENOENT') return []
    throw error
  }
}

/** The text of every template, to find what they name. */
async function templates() {
  const texts = []
  for (const folder of ['views', 'partials', 'themes']) {
    for (const file of await list(at(folder))) {
      if (file.endsWith('.html')) texts.push({ file: path.join(folder, file), text: await readFile(at(folder, file), 'utf8') })
    }
  }
  return texts
}

async function scripts() {
  const result = await esbuild.build({
    entryPoints: [at('assets/js/app.js')],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    legalComments: 'none',
    write: false,
    logLevel: 'silent',
    nodePaths: [at('node_modules')],
  })
  for (const warning of result.warnings) console.warn(`${warning.location?.file}:${warning.location?.line}: ${warning.text}`)
  return Buffer.from(result.outputFiles[0].contents)
}

/** The stylesheets: of shops and the platform, of the account pages in addition, of the dashboard and the admin. */
const sheets = ['app.css', 'account.css', 'desk.css']

function styles(sheet) {
  const cli = at('node_modules/@tailwindcss/cli/dist/index.mjs')
  const child = spawn(process.execPath, [cli, '--input', at('assets/css', sheet), '--minify'], { cwd: root })
  const out = []
  const err = []
  child.stdout.on('data', (chunk) => out.push(chunk))
  child.stderr.on('data', (chunk) => err.push(chunk))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve(Buffer.concat(out).toString())
      else reject(new Error(`tailwindcss: ${Buffer.concat(err).toString().trim()}`))
    })
  })
}

/** Writes a file under its content's hash, with its compressed forms, unless it is there already. */
async function put(name, body) {
  const extension = path.extname(name)
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 12)
  const hashed = `${name.slice(0, -extension.length)}-${hash}${extension}`
  const file = path.join(dist, hashed)
  if (await stat(file).catch(() => null)) return hashed
  await mkdir(path.dirname(file), { recursive: true })
  if (compressible.has(extension)) {
    const quality = watching ? 4 : zlib.constants.BROTLI_MAX_QUALITY
    const forms = {
      '.br': await brotli(body, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: quality } }),
      '.gz': await gzip(body, { level: 9 }),
    }
    for (const [ending, form] of Object.entries(forms)) {
      if (form.length < body.length) await writeFile(file + ending, form)
    }
  }
  await writeFile(file, body)
  return hashed
}

/** Templates that nobody sees who only looks around in a shop. Icons of theirs alone are in a sprite of their own. */
const inner = new RegExp(
  '^(views|partials)/(' +
    ['(account|admin|desk|dev|platform|vendor)/', 'layouts/(admin|platform|vendor)', 'shop/(checkout|order|track|closed)', 'shop/account_(?!link|sheet)', 'ui/field']
      .join('|') + ')',
)

/** Every asset that a template names has to be there. */
function check(texts, files) {
  const missing = texts.flatMap(({ file, text }) =>
    [...text.matchAll(/\basset\s+"([^"]+)"/g)].filter(([, name]) => !files[name]).map(([, name]) => `${file}: asset "${name}"`),
  )
  if (missing.length) throw new Error(`these assets are named by templates and not built:\n  ${missing.join('\n  ')}`)
}

/** Removes what earlier builds left. */
async function clean(files) {
  const kept = new Set(['.gitkeep', 'manifest.json'])
  for (const name of Object.values(files)) for (const ending of ['', '.br', '.gz']) kept.add(name + ending)
  for (const file of await list(dist)) if (!kept.has(file)) await rm(path.join(dist, file))
}

async function build() {
  const started = performance.now()
  await mkdir(dist, { recursive: true })
  const texts = await templates()
  const icons = await iconNames(texts.filter(({ file }) => !inner.test(file)), at('assets/icons.txt'))
  const innerIcons = (await iconNames(texts.filter(({ file }) => inner.test(file)), at('assets/icons-inner.txt'))).filter((name) => !icons.includes(name))
  const lucide = at('node_modules/lucide-static/icons')
  const [js, css, svg, innerSvg, cut] = await Promise.all([
    scripts(),
    Promise.all(sheets.map(styles)),
    sprite(icons, lucide),
    sprite(innerIcons, lucide),
    fonts(),
  ])

  const files = {}
  const pictures = await list(at('assets/img'))
  await Promise.all(
    pictures.map(async (name) => {
      files[name] = await put(name, await readFile(at('assets/img', name)))
    }),
  )
  for (const [name, font] of Object.entries(cut)) files[name] = await put(name, font)
  // A stylesheet names pictures and fonts as if they stood among the sources.
  const linked = (text) => text.replace(/\/assets\/img\/([\w./-]+)/g, (whole, name) => (files[name] ? `/assets/dist/${files[name]}` : whole))
  const built = { 'app.js': js, 'icons.svg': Buffer.from(svg), 'icons-inner.svg': Buffer.from(innerSvg) }
  for (const [n, sheet] of sheets.entries()) built[sheet] = Buffer.from(linked(css[n]))
  await Promise.all(
    Object.entries(built).map(async ([name, body]) => {
      files[name] = await put(name, body)
    }),
  )
  check(texts, files)

  const sorted = Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)))
  const manifest = JSON.stringify({ files: sorted, icons, innerIcons }, null, 2)
  // Renamed into place, so that a running server never reads half of it, and only when something changed.
  const target = path.join(dist, 'manifest.json')
  if ((await readFile(target, 'utf8').catch(() => '')) !== manifest) {
    await writeFile(`${target}.new`, manifest)
    await rename(`${target}.new`, target)
  } else {
    await utimes(target, new Date(), new Date())
  }
  await clean(files)
  console.log(`assets: ${Object.keys(files).length} files, ${icons.length + innerIcons.length} icons in ${Math.round(performance.now() - started)} ms`)
}

async function attempt() {
  try {
    await build()
  } catch (error) {
    console.error(`assets: ${error.message}`)
    process.exitCode = 1
  }
}

await attempt()
if (watching) {
  let timer
  let running = Promise.resolve()
  const again = () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      running = running.then(attempt)
    }, 60)
  }
  for (const folder of ['assets/js', 'assets/css', 'assets/img', 'views', 'partials', 'themes']) {
    watch(at(folder), { recursive: true }, again)
  }
  for (const file of ['tailwind.config.js', 'assets/icons.txt', 'assets/icons-inner.txt']) watch(at(file), again)
}
