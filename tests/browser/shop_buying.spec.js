import { addToCart, arrived, badge, drawer, expect, fillCheckout, orderNumber, placeOrder, test, total } from './storefront.js'
import { shelf } from './shelves.js'
import { shops, waysInto } from './shops.js'

/** From the home page by a category to the nth of its products that is in stock, one that is chosen there. */
async function findProduct(page, shop, n) {
  await page.locator('main a[href*="/categories/"]').first().click()
  await expect(page.getByRole('heading', { level: 2, name: /product/ })).toBeVisible()
  await arrived(page)
  const inStock = shelf(shop).filter((product) => product.offers[0].stock === 'InStock').map((product) => product.title)
  const titles = await page.locator('#results').getByRole('heading').allTextContents()
  const title = titles.map((t) => t.trim()).filter((t) => inStock.includes(t))[n]
  await page.locator('#results').getByRole('link', { name: title, exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: title, exact: true })).toBeVisible()
  await arrived(page)
  return title
}

/** Every link and form of the page leads to the same way into the shop, or out of the platform. */
async function expectLinksWithin(page, base) {
  const addresses = await page.locator('a[href], form[action], [hx-get], [hx-post]').evaluateAll((elements) => elements.flatMap((element) =>
    ['href', 'action', 'hx-get', 'hx-post'].filter((name) => element.hasAttribute(name)).map((name) => new URL(element.getAttribute(name), location.href).href)))
  const shopless = addresses.filter((address) => !address.startsWith(base) && !/^(mailto|tel):/.test(address) && !address.includes('/assets/'))
  expect(addresses.length).toBeGreaterThan(3)
  expect(shopless, `links that lead away from ${base}`).toEqual([])
}

/** The order is shown with what was bought for the price that was agreed to, and the cart is empty. */
async function expectBought(page, { title, amount, base }) {
  await expect(page.getByText('Thank you. Your order is placed.')).toBeVisible()
  await expect(page.getByRole('link', { name: title }).first()).toBeVisible()
  await expect(total(page)).toHaveText(amount)
  await expect(page.getByText('ada@example.com').first()).toBeVisible()
  await expect(badge(page)).toBeHidden()
  expect(page.url()).toContain(`${base}/orders/`)
  await arrived(page)
  await expectLinksWithin(page, base)
}

for (const shop of shops) {
  for (const [n, [way, base]] of Object.entries(waysInto(shop)).entries()) {
    test(`${shop.name}: buy by the ${way}, from the home page to the confirmation`, async ({ page }) => {
      await page.goto(`${base}/`)
      await expectLinksWithin(page, base)
      const title = await findProduct(page, shop, n)
      await expectLinksWithin(page, base)

      await addToCart(page)
      await expect(badge(page)).toContainText('1')
      await expect(drawer(page).getByRole('link', { name: title, exact: true })).toBeVisible()
      await drawer(page).getByRole('link', { name: 'Check out' }).click()

      await expect(page.getByRole('heading', { level: 1, name: 'Checkout' })).toBeVisible()
      await arrived(page)
      await expectLinksWithin(page, base)
      await fillCheckout(page)
      const amount = (await total(page).textContent()).trim()
      await page.getByRole('radio').and(page.locator('[name=payment_method]')).first().check()
      await placeOrder(page)
      await expectBought(page, { title, amount, base })
    })
  }

  test.describe('without JavaScript', () => {
    test.use({ javaScriptEnabled: false })

    test(`${shop.name}: buy from the home page to the confirmation`, async ({ page, faults }) => {
      faults.expect(/status of 422/)
      const base = waysInto(shop).path
      await page.goto(`${base}/`)
      const title = await findProduct(page, shop, 0)
      await page.getByRole('button', { name: 'Add to cart' }).click()

      await expect(page.getByRole('heading', { level: 1, name: 'Cart' })).toBeVisible()
      await expect(badge(page)).toContainText('1')
      await page.getByRole('spinbutton', { name: `Quantity of ${title}` }).fill('2')
      await page.getByRole('button', { name: 'Update' }).click()
      await expect(badge(page)).toContainText('2')
      await page.getByRole('link', { name: 'Check out' }).click()

      await fillCheckout(page)
      await page.getByLabel('E-mail').fill('not an address')
      await page.getByRole('button', { name: 'Place order' }).click()
      await expect(page.getByRole('alert').getByRole('link', { name: /Enter an e-mail address/ })).toBeVisible()
      await expect(page.getByRole('textbox', { name: 'Full name' })).toHaveValue('Ada Byron')

      await page.getByLabel('E-mail').fill('ada@example.com')
      const amount = (await total(page).textContent()).trim()
      await page.getByRole('button', { name: 'Place order' }).click()
      expect(await orderNumber(page)).toMatch(/\d/)
      await expectBought(page, { title, amount, base })
    })
  })
}
