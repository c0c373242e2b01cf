import { expect, test } from './storefront.js'
import { plenty } from './shelves.js'
import { at, shops } from './shops.js'

const kilobyte = 1024
const pages = (shop) => ({ home: '/', list: '/products', product: plenty(shop, 0).path })

/** Everything that a page fetches until it has loaded: { address, type, bytes } each, bytes as compressed, without headers. */
async function fetched(page, address) {
  const finished = []
  page.on('requestfinished', (request) => finished.push(request))
  await page.goto(address)
  return Promise.all(finished.map(async (request) => (
    { address: request.url(), type: request.resourceType(), bytes: (await request.sizes()).responseBodySize })))
}

const weight = (all) => all.reduce((sum, { bytes }) => sum + bytes, 0)

for (const shop of shops) {
  for (const [name, path] of Object.entries(pages(shop))) {
    test(`${shop.name}: the ${name} page is light`, async ({ page }) => {
      const all = await fetched(page, at(shop, path))
      const pictures = all.filter(({ address }) => address.includes('/assets/demo/'))
      const rest = all.filter((one) => !pictures.includes(one) && !one.address.startsWith('data:'))
      const scripts = rest.filter(({ type }) => type === 'script')
      const styles = rest.filter(({ type }) => type === 'stylesheet').map(({ address }) => new URL(address).pathname)

      expect(pictures.length).toBeGreaterThan(0)
      expect(weight(rest), JSON.stringify(rest)).toBeGreaterThan(10 * kilobyte)
      expect(weight(rest), JSON.stringify(rest)).toBeLessThanOrEqual(60 * kilobyte)
      expect(weight(scripts)).toBeLessThanOrEqual(40 * kilobyte)
      expect(scripts).toHaveLength(1)
      expect(styles.toSorted()).toEqual([expect.stringMatching(/\/app-\w+\.css$/), expect.stringMatching(/\/theme\/\w+\.css$/)])
    })

    test(`${shop.name}: nothing moves on the ${name} page while it loads`, async ({ page }) => {
      await page.addInitScript(() => {
        window.shifts = []
        new PerformanceObserver((list) => {
          for (const { value, sources } of list.getEntries()) window.shifts.push({ value, moved: sources.map(({ node, previousRect, currentRect }) => ({
            node: node?.outerHTML?.slice(0, 120), from: previousRect.toJSON(), to: currentRect.toJSON(),
          })) })
        }).observe({ type: 'layout-shift', buffered: true })
      })
      for (const width of [390, 1440]) {
        await page.setViewportSize({ width, height: 900 })
        await page.goto(at(shop, path))
        // Down the page, past the pictures that load only when they come into sight.
        await page.evaluate(async () => {
          const frame = () => new Promise((resolve) => { requestAnimationFrame(resolve) })
          for (let y = 0; y < document.body.scrollHeight; y += innerHeight) {
            scrollTo({ top: y, behavior: 'instant' })
            await frame()
          }
          const seen = [...document.images].filter((image) => {
            const { left, right, width } = image.getBoundingClientRect()
            return width > 0 && right > 0 && left < innerWidth
          })
          await Promise.all(seen.map((image) => image.decode().catch(() => {})))
          await frame()
          await frame()
        })
        expect(await page.evaluate(() => window.shifts), `${width} px`).toEqual([])
      }
    })
  }
}
