import { test as base, expect } from '@playwright/test'
import { Faults } from './faults.js'

export { expect }

/**
 * The test of every spec. `faults` collects what the browser complains about on any page and fails the test for it;
 * `visitor` opens further browsers, each a person of its own. Every test is a client of its own to the server.
 */
export const test = base.extend({
  faults: [async ({ context }, use) => {
    const faults = new Faults()
    await faults.watch(context)
    await use(faults)
    expect(faults.unexpected(), 'what the browser complained about').toEqual([])
    expect(faults.missing(), 'complaints that were expected and did not come').toEqual([])
  }, { auto: true }],

  extraHTTPHeaders: async ({ browserName }, use, info) => {
    if (!browserName) throw new Error('no browser')
    const place = [...info.testId].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 0xffffff, 7)
    await use({ 'X-Forwarded-For': `10.${place >> 16}.${(place >> 8) & 255}.${place & 255}` })
  },

  visitor: async ({ browser, faults }, use) => {
    const contexts = []
    await use(async (options) => {
      const context = await browser.newContext(options)
      contexts.push(context)
      await faults.watch(context)
      return context.newPage()
    })
    for (const context of contexts) await context.close()
  },
})

/** The drawer with the cart. */
export const drawer = (page) => page.getByRole('dialog', { name: 'Cart' })

/** The number of things in the cart, as the header shows it. */
export const badge = (page) => page.locator('#cart-badge')

/** A pattern for what begins with a text. */
export const beginning = (text) => new RegExp(`^\\s*${text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}`)

/** The short message on the page. */
export const toast = (page) => page.locator('#toasts .toast')

/**
 * Waits until all of a page is there that a click led to, and its scripts are at work. A heading that is seen may have
 * come alone; what is done before the scripts works too, but as a page load.
 */
export const arrived = (page) => page.waitForLoadState('domcontentloaded')

/** Puts what the product's page shows into the cart and waits for the drawer. */
export async function addToCart(page) {
  await arrived(page)
  await page.getByRole('button', { name: 'Add to cart' }).click()
  await expect(drawer(page)).toBeVisible()
}

const places = {
  AT: ['1010', 'Wien'], BE: ['1000', 'Brussels'], CH: ['8001', 'Zürich'], DE: ['04229', 'Leipzig'], DK: ['1050', 'København'],
  ES: ['28013', 'Madrid'], FR: ['75001', 'Paris'], GB: ['SW1A 1AA', 'London'], IE: ['D02 X285', 'Dublin'], IT: ['00184', 'Roma'],
  NL: ['1012 AB', 'Amsterdam'], PL: ['00-001', 'Warszawa'], SE: ['111 22', 'Stockholm'], US: ['10001', 'New York', 'NY'],
}

/** Fills in the checkout for the country that is chosen. */
export async function fillCheckout(page, { email = 'ada@example.com', name = 'Ada Byron' } = {}) {
  const [postcode, city, region] = places[await page.getByRole('combobox', { name: 'Country' }).inputValue()]
  await page.getByLabel('E-mail').fill(email)
  await text(page, 'Full name').fill(name)
  await text(page, 'Street and number').fill('Main Street 12')
  await text(page, 'Postcode').fill(postcode)
  await text(page, 'City').fill(city)
  if (region) await text(page, 'State or region').fill(region)
}

/** The checkout's visible text field with a label. */
export const text = (page, label) => page.getByRole('textbox', { name: label })

/** Places the order that the checkout shows, and returns its number as it is printed. */
export async function placeOrder(page) {
  await page.getByRole('button', { name: 'Place order' }).click()
  return orderNumber(page)
}

/** The number of the order that the page shows. */
export async function orderNumber(page) {
  const heading = page.getByRole('heading', { level: 1, name: /^Order / })
  await expect(heading).toBeVisible()
  return (await heading.textContent()).trim().replace(/^Order /, '')
}

/** The total of the checkout's summary, or of the order. */
export const total = (page) => page.locator('.totals-total dd')
