import { readFileSync } from 'node:fs'
import { shops, waysInto } from './shops.js'

/** What every shop sells, as its sitemap and its products' structured data tell. */
export async function survey() {
  const shelves = {}
  for (const shop of shops) {
    const base = waysInto(shop).path
    const sitemap = await text(`${base}/sitemap.xml`)
    const slugs = [...sitemap.matchAll(/<loc>[^<]*\/products\/([^<?/]+)<\/loc>/g)].map(([, slug]) => slug)
    shelves[shop.slug] = await Promise.all(slugs.map((slug) => product(base, slug)))
  }
  return shelves
}

async function product(base, slug) {
  const page = await text(`${base}/products/${slug}`)
  const [, json] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(page)
  const { name, offers } = JSON.parse(json)
  return {
    title: name, path: `/products/${slug}`,
    offers: offers.map((offer) => ({
      title: name, name: offer.name, price: offer.price, stock: offer.availability.split('/').pop(),
      path: `/products/${slug}?variant=${new URL(offer.url).searchParams.get('variant')}`,
    })),
  }
}

async function text(address) {
  const answer = await fetch(address)
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`)
  return answer.text()
}

let read

/** The products of a shop as they stood before the first test. */
export function shelf(shop) {
  read ??= JSON.parse(readFileSync(process.env.ORION_TEST_SHELVES, 'utf8'))
  return read[shop.slug]
}

/** The first offer in plenty of the nth such product. Tests that buy take different ones, so that none runs out. */
export function plenty(shop, n = 0) {
  return nth(shelf(shop).map((p) => p.offers.find((offer) => offer.stock === 'InStock')).filter(Boolean), n)
}

/** The nth offer of which only a few are left. A test that buys it up has it to itself. */
export function scarce(shop, n = 0) {
  return nth(all(shop).filter((offer) => offer.stock === 'LimitedAvailability'), n)
}

/** The nth offer that is sold out. */
export function soldOut(shop, n = 0) {
  return nth(all(shop).filter((offer) => offer.stock === 'OutOfStock'), n)
}

/** A product with variants in stock at two prices or more. */
export function varied(shop) {
  return shelf(shop).find((p) => new Set(p.offers.filter((offer) => offer.stock === 'InStock').map((offer) => offer.price)).size > 1)
}

function all(shop) {
  return shelf(shop).flatMap((p) => p.offers)
}

function nth(found, n) {
  if (!found[n]) throw new Error(`the shop has only ${found.length} of these, not ${n + 1}: change its demo data or the test`)
  return found[n]
}
