import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import subset from 'subset-font'

const require = createRequire(import.meta.url)

// Headings need one weight and few letters, so that is all of the font that is sent: a tenth of the package's file. The
// ranges are those of assets/css/fonts.css.
const weight = 650
const cuts = {
  'fonts/figtree-650.woff2': { from: 'latin', ranges: [[0x20, 0x21], [0x26, 0x27], [0x2c, 0x2e], [0x30, 0x39], [0x3f, 0x3f], [0x41, 0x5a], [0x61, 0x7a], [0x2019, 0x2019]] },
  'fonts/figtree-650-latin.woff2': { from: 'latin', ranges: [[0x22, 0x25], [0x28, 0x2b], [0x2f, 0x2f], [0x3a, 0x3b], [0xa0, 0xff], [0x2013, 0x2014], [0x201c, 0x201d], [0x20ac, 0x20ac]] },
  'fonts/figtree-650-latin-ext.woff2': { from: 'latin-ext', ranges: [[0x100, 0x17f]] },
}

/** The fonts by the name that a stylesheet gives them below /assets/img/. */
export async function fonts() {
  return Object.fromEntries(await Promise.all(Object.entries(cuts).map(async ([name, cut]) => [name, await make(cut)])))
}

async function make({ from, ranges }) {
  const whole = await readFile(require.resolve(`@fontsource-variable/figtree/files/figtree-${from}-wght-normal.woff2`))
  const letters = ranges.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, n) => first + n))
  return subset(whole, String.fromCodePoint(...letters), { targetFormat: 'woff2', variationAxes: { wght: weight } })
}
