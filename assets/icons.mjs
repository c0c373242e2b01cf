import { readFile, readdir } from 'node:fs/promises'
import path from 'node:path'

/** The icons that templates name, and those of a list (one a line, # comments) for names that templates compute. */
export async function iconNames(texts, listFile) {
  const names = new Set()
  for (const { text } of texts) {
    for (const [, name] of text.matchAll(/\bicon\s+"([^"]+)"/g)) names.add(name)
  }
  const list = await readFile(listFile, 'utf8')
  for (const line of list.split('\n')) {
    const name = line.replace(/#.*/, '').trim()
    if (name) names.add(name)
  }
  return [...names].sort()
}

/** One SVG of symbols, to be shown by <use href="…#name">. */
export async function sprite(names, folder) {
  const known = new Set((await readdir(folder)).filter((f) => f.endsWith('.svg')).map((f) => path.basename(f, '.svg')))
  const unknown = names.filter((name) => !known.has(name))
  if (unknown.length) throw new Error(`Lucide has no icon ${unknown.map((n) => `"${n}"${near(n, known)}`).join(', ')}`)
  const symbols = await Promise.all(
    names.map(async (name) => {
      const svg = await readFile(path.join(folder, `${name}.svg`), 'utf8')
      const shapes = svg.slice(svg.indexOf('>', svg.indexOf('<svg')) + 1, svg.lastIndexOf('</svg>'))
      return `<symbol id="${name}" viewBox="0 0 24 24">${shapes.replace(/\s*\n\s*/g, '')}</symbol>`
    }),
  )
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>\n`
}

function near(name, known) {
  const part = name.split('-')[0]
  const some = [...known].filter((k) => k.includes(part)).slice(0, 4)
  return some.length ? ` (there are ${some.join(', ')})` : ''
}
