import { readFileSync, readdirSync } from 'node:fs'
import { port } from './port.js'

const folder = new URL('../../demo/', import.meta.url)

/** Every demo shop: its slug, name, theme and, where it has one, its own domain. */
export const shops = readdirSync(folder).filter((file) => file.endsWith('.json')).map((file) => {
  const { slug, name, theme, domain } = JSON.parse(readFileSync(new URL(file, folder), 'utf8'))
  return { slug, name, theme, domain }
})

/** The ways into a shop by name, each with the address that it begins with. A shop without a domain has two. */
export function waysInto(shop) {
  const ways = {
    subdomain: `http://${shop.slug}.localhost:${port}`,
    path: `http://localhost:${port}/vendor/${shop.slug}/shop`,
  }
  if (shop.domain) ways.domain = `http://${shop.domain}:${port}`
  return ways
}

/** The address of a shop's page by its subdomain. */
export function at(shop, path = '/') {
  return waysInto(shop).subdomain + path
}
