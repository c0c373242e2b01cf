import { addToCart, arrived, badge, drawer, expect, test, toast } from './storefront.js'
import { plenty, scarce } from './shelves.js'
import { at, shops, waysInto } from './shops.js'

const lines = (page) => page.locator('#cart-lines').getByRole('listitem')
const quantity = (page) => page.locator('#cart-lines').getByRole('spinbutton')
const subtotal = (page) => page.locator('.cart-subtotal strong')

/** An amount as a number, whichever way it is written. */
const number = (money) => Number(money.replace(/[^\d.,]/g, '').replace(/[.,](?=\d{3}(\D|$))/g, '').replace(',', '.'))
const subtotalIs = (page, amount) => expect.poll(async () => number(await subtotal(page).textContent())).toBeCloseTo(amount, 2)

/** How many the stock still holds, as the product's page says. */
async function left(page) {
  return Number(/Only (\d+) left/.exec(await page.locator('#product-picker').getByRole('status').textContent())[1])
}

for (const shop of shops) {
  test.describe(shop.name, () => {
    test('adding opens the drawer and counts, without a page load', async ({ page }) => {
      const offer = plenty(shop, 2)
      await page.goto(at(shop, offer.path))
      await page.evaluate(() => { document.body.dataset.mark = 'here' })
      await expect(badge(page)).toBeHidden()

      await page.getByRole('button', { name: 'Add to cart' }).click()
      await expect(drawer(page)).toBeVisible()
      await expect(badge(page)).toHaveText(/1/)
      await expect(drawer(page).getByRole('heading', { name: /^Cart/ })).toBeFocused()
      await expect(lines(page)).toHaveCount(1)
      await subtotalIs(page, Number(offer.price))

      await page.keyboard.press('Escape')
      await expect(drawer(page)).toBeHidden()
      await expect(page.getByRole('button', { name: 'Add to cart' })).toBeFocused()
      await addToCart(page)
      await expect(badge(page)).toHaveText(/2/)
      await subtotalIs(page, 2 * Number(offer.price))
      await expect(page.locator('body')).toHaveAttribute('data-mark', 'here')
      expect(page.url()).toBe(at(shop, offer.path))
    })

    test('the drawer opens from the header and closes by its button, beside it and by Escape', async ({ page }) => {
      await page.goto(at(shop))
      const opener = page.getByRole('banner').getByRole('link', { name: 'Cart' })
      await opener.click()
      await expect(drawer(page).getByRole('heading', { name: 'Your cart is empty' })).toBeVisible()
      await drawer(page).getByRole('button', { name: 'Close the cart' }).click()
      await expect(drawer(page)).toBeHidden()
      await expect(opener).toBeFocused()

      await opener.click()
      await expect(drawer(page)).toBeVisible()
      await page.mouse.click(20, 400)
      await expect(drawer(page)).toBeHidden()

      await opener.click()
      await expect(drawer(page)).toBeVisible()
      await page.keyboard.press('Escape')
      await expect(drawer(page)).toBeHidden()
      await expect(opener).toBeFocused()
    })

    test('changing the quantity changes the totals and the count', async ({ page }) => {
      const offer = plenty(shop, 3)
      await page.goto(at(shop, offer.path))
      await addToCart(page)
      await drawer(page).getByRole('button', { name: 'One more' }).click()
      await expect(badge(page)).toHaveText(/2/)
      await subtotalIs(page, 2 * Number(offer.price))

      await quantity(page).fill('3')
      await quantity(page).press('Tab')
      await expect(badge(page)).toHaveText(/3/)
      await subtotalIs(page, 3 * Number(offer.price))

      await page.goto(at(shop, '/cart'))
      await expect(quantity(page)).toHaveValue('3')
      await page.getByRole('button', { name: 'One less' }).click()
      await expect(badge(page)).toHaveText(/2/)
      await subtotalIs(page, 2 * Number(offer.price))
      await page.reload()
      await expect(quantity(page)).toHaveValue('2')
    })

    test('what was removed comes back by Undo, in the drawer and on the page', async ({ page }) => {
      const [one, two] = [plenty(shop, 4), plenty(shop, 5)]
      await page.goto(at(shop, one.path))
      await page.getByRole('button', { name: 'One more' }).click()
      await addToCart(page)
      await page.goto(at(shop, two.path))
      await addToCart(page)
      await expect(badge(page)).toHaveText(/3/)
      await expect(lines(page)).toHaveCount(2)

      await drawer(page).getByRole('button', { name: `Remove ${one.title}` }).click()
      await expect(lines(page)).toHaveCount(1)
      await expect(badge(page)).toHaveText(/1/)
      await expect(toast(page)).toContainText(`${one.title} was removed from your cart.`)
      await subtotalIs(page, Number(two.price))
      await toast(page).getByRole('button', { name: 'Undo' }).click()
      await expect(lines(page)).toHaveCount(2)
      await expect(badge(page)).toHaveText(/3/)
      await subtotalIs(page, 2 * Number(one.price) + Number(two.price))

      await page.goto(at(shop, '/cart'))
      await page.getByRole('button', { name: `Remove ${two.title}` }).click()
      await expect(lines(page)).toHaveCount(1)
      await page.getByRole('button', { name: `Remove ${one.title}` }).click()
      await expect(page.getByRole('heading', { name: 'Your cart is empty' })).toBeVisible()
      await expect(badge(page)).toBeHidden()
      await toast(page).getByRole('button', { name: 'Undo' }).click()
      await expect(lines(page)).toHaveCount(1)
      await expect(quantity(page)).toHaveValue('2')
    })

    test('a cart never holds more than the stock, and says so', async ({ page }) => {
      await page.goto(at(shop, scarce(shop).path))
      const most = await left(page)
      await page.getByRole('spinbutton', { name: 'Quantity', exact: true }).fill(String(most))
      await addToCart(page)
      await expect(badge(page)).toHaveText(new RegExp(String(most)))
      await page.keyboard.press('Escape')

      await page.getByRole('spinbutton', { name: 'Quantity', exact: true }).fill('1')
      await page.getByRole('button', { name: 'Add to cart' }).click()
      await expect(toast(page)).toContainText(`Only ${most} in stock`)
      await expect(quantity(page)).toHaveValue(String(most))
      await expect(badge(page)).toHaveText(new RegExp(String(most)))

      await page.goto(at(shop, '/cart'))
      await quantity(page).fill(String(most + 7))
      await quantity(page).press('Tab')
      await expect(toast(page)).toContainText(`Only ${most} in stock`)
      await expect(quantity(page)).toHaveValue(String(most))
      await quantity(page).fill(String(most + 8))
      await quantity(page).press('Enter')
      await expect(quantity(page)).toHaveValue(String(most))
    })

    test('a card adds its product where there is nothing to choose', async ({ page }) => {
      await page.goto(at(shop, '/products?in_stock=1'))
      const add = page.locator('#results').getByRole('button', { name: /^Add .* to the cart$/ })
      while (await add.count() === 0) {
        const shown = await page.locator('#results').getByRole('article').count()
        await page.getByRole('link', { name: 'Load more' }).click()
        await expect(page.locator('#results').getByRole('article')).not.toHaveCount(shown)
      }
      const title = /^Add (.*) to the cart$/.exec(await add.first().getAttribute('aria-label'))[1]
      await add.first().click()
      await expect(drawer(page)).toBeVisible()
      await expect(lines(page)).toContainText(title)
      await page.keyboard.press('Escape')
      await expect(add.first()).toBeFocused()
    })

    test('the cart stays: over pages, in a second tab, and is not another visitor\'s', async ({ page, context, visitor }) => {
      await page.goto(at(shop, plenty(shop, 6).path))
      await addToCart(page)
      await page.goto(at(shop))
      await expect(badge(page)).toHaveText(/1/)

      const second = await context.newPage()
      await second.goto(at(shop, '/cart'))
      await expect(lines(second)).toHaveCount(1)
      await second.getByRole('button', { name: /^Remove/ }).click()
      await expect(second.getByRole('heading', { name: 'Your cart is empty' })).toBeVisible()
      await page.reload()
      await expect(badge(page)).toBeHidden()

      const other = await visitor()
      await other.goto(at(shop, '/cart'))
      await expect(other.getByRole('heading', { name: 'Your cart is empty' })).toBeVisible()
    })

    test('a line that another tab removed does not break the page', async ({ page, context, faults }) => {
      await page.goto(at(shop, plenty(shop, 6).path))
      await addToCart(page)
      const second = await context.newPage()
      await second.goto(at(shop, '/cart'))
      await second.getByRole('button', { name: /^Remove/ }).click()
      await expect(second.getByRole('heading', { name: 'Your cart is empty' })).toBeVisible()

      faults.expect(/status of 404/)
      await drawer(page).getByRole('button', { name: 'One more' }).click()
      await expect(toast(page)).toContainText('not in your cart any more')
    })

    test.describe('without JavaScript', () => {
      test.use({ javaScriptEnabled: false })

      test('add, change, be limited, remove and undo on the cart page', async ({ page }) => {
        const offer = scarce(shop)
        await page.goto(waysInto(shop).path + offer.path)
        const most = await left(page)
        await page.getByRole('button', { name: 'Add to cart' }).click()
        await expect(page.getByRole('heading', { level: 1, name: 'Cart' })).toBeVisible()
        await arrived(page)

        // A browser holds to the field's limits; somebody in another tab, or with another browser, may not.
        await quantity(page).evaluate((input) => input.removeAttribute('max'))
        await quantity(page).fill(String(most + 5))
        await page.getByRole('button', { name: 'Update' }).click()
        await expect(toast(page)).toContainText(`Only ${most} in stock`)
        await expect(quantity(page)).toHaveValue(String(most))

        await page.getByRole('button', { name: /^Remove/ }).click()
        await expect(page.getByRole('heading', { name: 'Your cart is empty' })).toBeVisible()
        await page.getByRole('button', { name: 'Undo' }).click()
        await expect(quantity(page)).toHaveValue(String(most))
      })
    })
  })
}
