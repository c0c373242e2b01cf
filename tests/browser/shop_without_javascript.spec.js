import { badge, expect, test } from './storefront.js'
import { plenty, soldOut, varied } from './shelves.js'
import { at, shops } from './shops.js'

test.use({ javaScriptEnabled: false })

const cards = (page) => page.locator('#results').getByRole('article')

for (const shop of shops) {
  test.describe(shop.name, () => {
    test('options are chosen by a form, and the variant goes into the cart', async ({ page }) => {
      const product = varied(shop)
      const wanted = product.offers.filter((offer) => offer.stock === 'InStock').at(-1)
      await page.goto(at(shop, product.path))
      const groups = page.locator('#product-picker form').getByRole('group')
      for (const [n, value] of wanted.name.split(' / ').entries()) {
        await groups.nth(n).locator(`input[value="${value}"]`).check({ force: true })
      }
      await page.getByRole('button', { name: 'Choose' }).click()
      await expect(page.locator('#product-picker').getByRole('status')).toHaveText('In stock')
      await page.getByRole('spinbutton', { name: 'Quantity' }).fill('2')
      await page.getByRole('button', { name: 'Add to cart' }).click()
      await expect(page.locator('#cart-lines')).toContainText(wanted.name)
      await expect(badge(page)).toHaveText(/2/)
    })

    test('a list is filtered, sorted and continued by links and forms', async ({ page }) => {
      await page.goto(at(shop, '/products'))
      const all = await cards(page).count()
      await page.getByRole('link', { name: 'Load more' }).click()
      await expect(page).toHaveURL(/page=2/)
      await expect.poll(() => cards(page).count()).toBeGreaterThan(all)

      await page.goto(at(shop, '/products'))
      const box = page.locator('#filters').getByRole('checkbox', { disabled: false }).first()
      const left = parseInt(await box.evaluate((input) => input.labels[0].querySelector('.sr-only').textContent))
      await box.check()
      await page.getByRole('button', { name: 'Apply filters' }).click()
      await expect(page.locator('#results-heading')).toHaveText(new RegExp(`^${left} product`))
      await page.getByLabel('Sort by').selectOption({ label: 'Name, A to Z' })
      await page.getByRole('button', { name: 'Sort', exact: true }).click()
      await expect(page).toHaveURL(/sort=title/)
      await expect(page.locator('#results-heading')).toHaveText(new RegExp(`^${left} product`))
      await page.getByRole('link', { name: 'Clear all' }).first().click()
      await expect(cards(page)).toHaveCount(all)
    })

    test('what needs scripts is not there', async ({ page }) => {
      await page.goto(at(shop, plenty(shop).path))
      await expect(page.getByRole('button', { name: 'One more' })).toHaveCount(0)
      await page.goto(at(shop, soldOut(shop).path))
      await expect(page.getByRole('button', { name: 'Sold out' })).toBeDisabled()
      await page.goto(at(shop, '/cart'))
      await expect(page.getByRole('heading', { name: 'Your cart is empty' })).toBeVisible()
    })
  })
}
