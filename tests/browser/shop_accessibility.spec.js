import { expectAccessible, phone, still } from './accessibility.js'
import { addToCart, arrived, drawer, expect, fillCheckout, placeOrder, test } from './storefront.js'
import { plenty, soldOut } from './shelves.js'
import { at, shops } from './shops.js'
import { port } from './port.js'

test.use(still)

for (const shop of shops) {
  test.describe(shop.name, () => {
    const pages = {
      'the home page': '/', 'a list': '/products?in_stock=1', 'a product': plenty(shop, 0).path, 'a sold-out product': soldOut(shop).path,
      'found products': `/search?q=${encodeURIComponent(plenty(shop, 0).title)}`, 'nothing found': '/search?q=qqzzxv', 'an empty cart': '/cart',
      'about the shop': '/about', 'delivery and payment': '/shipping', 'tracking': '/orders',
    }
    for (const [name, path] of Object.entries(pages)) {
      test(name, async ({ page }) => {
        await page.goto(at(shop, path))
        await expectAccessible(page)
      })
    }

    test('a category', async ({ page }) => {
      await page.goto(at(shop))
      await page.locator('main a[href*="/categories/"]').first().click()
      await expect(page.locator('#results')).toBeVisible()
      await expectAccessible(page)
    })

    test('an address that leads nowhere', async ({ page, faults }) => {
      faults.expect(/status of 404/)
      await page.goto(at(shop, '/nothing'))
      await expectAccessible(page)
    })

    test('the menu, the filters and the search, open', async ({ page }) => {
      await page.setViewportSize(phone)
      await page.goto(at(shop, '/products'))
      await page.getByRole('button', { name: 'Open the menu' }).click()
      await expectAccessible(page)
      await page.keyboard.press('Escape')
      await page.setViewportSize(phone)
      await page.getByRole('button', { name: 'Filters', exact: true }).click()
      await expectAccessible(page)
      await page.keyboard.press('Escape')
      await page.getByRole('banner').getByRole('button', { name: 'Search' }).click()
      await page.keyboard.type(plenty(shop, 0).title.slice(0, 4))
      await expect(page.getByRole('option').first()).toBeVisible()
      await expectAccessible(page)
    })

    test('the cart, in the drawer and on its page, with a message', async ({ page }) => {
      await page.goto(at(shop, plenty(shop, 1).path))
      await addToCart(page)
      await expectAccessible(page)
      await drawer(page).getByRole('button', { name: 'Close the cart' }).click()
      await page.goto(at(shop, plenty(shop, 2).path))
      await addToCart(page)
      await page.goto(at(shop, '/cart'))
      await page.getByRole('button', { name: /^Remove/ }).first().click()
      await expect(page.locator('#toasts .toast')).toBeVisible()
      await expectAccessible(page)
    })

    test('the checkout, the checkout with mistakes, and the order', async ({ page, faults }) => {
      await page.goto(at(shop, plenty(shop, 3).path))
      await addToCart(page)
      await page.getByRole('link', { name: 'Check out' }).click()
      await expect(page.getByRole('heading', { level: 1, name: 'Checkout' })).toBeVisible()
      await arrived(page)
      await expectAccessible(page)
      await page.getByRole('checkbox', { name: 'Send the bill to another address' }).check()
      faults.expect(/status of 422/)
      await page.getByRole('button', { name: 'Place order' }).click()
      await expect(page.getByRole('alert').first()).toBeFocused()
      await expectAccessible(page)
      await page.getByRole('checkbox', { name: 'Send the bill to another address' }).uncheck()
      await fillCheckout(page)
      await placeOrder(page)
      await expectAccessible(page)
    })
  })
}

test('the platform and its errors', async ({ page, faults }) => {
  faults.expect(/status of 404/)
  for (const path of ['/', '/nothing']) {
    await page.goto(`http://localhost:${port}${path}`)
    await expectAccessible(page)
  }
})
