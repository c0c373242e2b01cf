import { addToCart, arrived, badge, expect, fillCheckout, orderNumber, placeOrder, test, text, toast, total } from './storefront.js'
import { plenty, scarce } from './shelves.js'
import { at, shops } from './shops.js'

const summary = (page) => page.getByRole('complementary', { name: 'Your order' })
const shippingCost = (page) => summary(page).locator('.totals > div').nth(1).locator('dd')

/** To the checkout with one of an offer in the cart. */
async function checkOut(page, shop, offer) {
  await page.goto(at(shop, offer.path))
  await addToCart(page)
  await page.getByRole('link', { name: 'Check out' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Checkout' })).toBeVisible()
  await arrived(page)
}

/** A field's message is beside it, and belongs to it for those who cannot see it. */
async function expectMessage(page, field, message) {
  await expect(field).toHaveAttribute('aria-invalid', 'true')
  await expect(field).toHaveAccessibleDescription(message)
  const ids = (await field.getAttribute('aria-describedby')).split(' ')
  await expect(page.locator(ids.map((id) => `#${id}`).join()).filter({ hasText: message })).toBeVisible()
}

for (const shop of shops) {
  test.describe(shop.name, () => {
    test('a field that is left wrong says so beside it, and takes it back', async ({ page }) => {
      await checkOut(page, shop, plenty(shop, 7))
      const email = page.getByLabel('E-mail')
      await email.fill('ada@')
      await page.keyboard.press('Tab')
      await expectMessage(page, email, /Enter an e-mail address like name@example.com/)
      await expect(page.getByLabel('Phone')).toBeFocused()
      await expect(page.locator('[aria-invalid=true]')).toHaveCount(1)

      await email.fill('ada@example.com')
      await page.keyboard.press('Tab')
      await expect(email).not.toHaveAttribute('aria-invalid')
      await expect(page.getByText(/Enter an e-mail address/)).toHaveCount(0)

      const postcode = text(page, 'Postcode')
      await postcode.fill('?')
      await page.keyboard.press('Tab')
      await expectMessage(page, postcode, /Enter a postcode/)
      await text(page, 'Full name').fill('Ada Byron')
      await page.keyboard.press('Tab')
      await expectMessage(page, postcode, /Enter a postcode/)
    })

    test('the summary follows the way of delivery and the country', async ({ page }) => {
      await checkOut(page, shop, plenty(shop, 8))
      const methods = page.getByRole('group', { name: 'Delivery' }).getByRole('radio')
      await expect(methods.first()).toBeChecked()
      const labels = await methods.evaluateAll((all) => all.map((input) => input.labels[0].querySelector('.choice-price').textContent.trim()))
      const before = await total(page).textContent()
      const other = labels.findIndex((label) => label !== labels[0])
      await methods.nth(other).check()
      await expect(shippingCost(page)).toHaveText(labels[other])
      await expect(total(page)).not.toHaveText(before)
      await methods.first().check()
      await expect(shippingCost(page)).toHaveText(labels[0])
      await expect(total(page)).toHaveText(before)

      const country = page.getByRole('combobox', { name: 'Country' })
      const home = await country.inputValue()
      const names = await page.getByRole('group', { name: 'Delivery' }).locator('.choice-label').allTextContents()
      const abroad = await country.locator('option').evaluateAll((all, home) => all.find((option) => option.value && option.value !== home).value, home)
      await country.selectOption(abroad)
      await expect(page.getByRole('group', { name: 'Delivery' }).locator('.choice-label').first()).not.toHaveText(names[0])
      await expect(methods.first()).toBeChecked()
      await expect(total(page)).not.toHaveText(before)
      await country.selectOption(home)
      await expect(page.getByRole('group', { name: 'Delivery' }).locator('.choice-label')).toHaveText(names)
      await methods.first().check()
      await expect(total(page)).toHaveText(before)
    })

    test('an order with mistakes comes back filled in, with all of them listed and the focus on the list', async ({ page, faults }) => {
      await checkOut(page, shop, plenty(shop, 9))
      await text(page, 'City').fill('Somewhere')
      await page.getByLabel('E-mail').fill('nobody')
      faults.expect(/status of 422/)
      await page.getByRole('button', { name: 'Place order' }).click()
      const list = page.getByRole('alert').filter({ hasText: /things need your attention/ })
      await expect(list).toBeFocused()
      await expect(text(page, 'City')).toHaveValue('Somewhere')
      await expectMessage(page, page.getByLabel('E-mail'), /Enter an e-mail address like/)
      await expectMessage(page, text(page, 'Full name'), /Enter the name/)
      await expectMessage(page, text(page, 'Street and number'), /Enter the street/)

      const invalid = await page.locator('[aria-invalid=true]').count()
      await expect(list.getByRole('link')).toHaveCount(invalid)
      await list.getByRole('link', { name: /Enter the name/ }).click()
      await expect(text(page, 'Full name')).toBeFocused()
      await expect(badge(page)).toHaveCount(0) // the checkout leaves nothing to be distracted by

      await fillCheckout(page)
      await placeOrder(page)
      await expect(page.getByText('Somewhere')).toHaveCount(0)
    })

    test('the bill goes to another address where that is asked for', async ({ page, faults }) => {
      await checkOut(page, shop, plenty(shop, 10))
      await fillCheckout(page)
      const billing = page.getByRole('group', { name: 'Billing address' })
      await expect(billing).toBeHidden()
      await page.getByRole('checkbox', { name: 'Send the bill to another address' }).check()
      await expect(billing).toBeVisible()
      faults.expect(/status of 422/)
      await page.getByRole('button', { name: 'Place order' }).click()
      await expectMessage(page, billing.getByRole('textbox', { name: 'Full name' }), /Enter the name/)
      await billing.getByRole('textbox', { name: 'Full name' }).fill('Charles Babbage')
      await billing.getByRole('textbox', { name: 'Street and number' }).fill('Dorset Street 1')
      await billing.getByRole('textbox', { name: 'City' }).fill('Elsewhere')
      await billing.getByRole('textbox', { name: 'Postcode' }).fill(await text(page, 'Postcode').first().inputValue())
      const region = billing.getByRole('textbox', { name: 'State or region' })
      await region.fill('NY')
      await placeOrder(page)
      await expect(page.getByText('Charles Babbage')).toBeVisible()
      await expect(page.getByText('Ada Byron')).toBeVisible()
    })

    test('pressing twice places one order', async ({ page }) => {
      await checkOut(page, shop, plenty(shop, 11))
      await fillCheckout(page)
      let sent = 0
      page.on('request', (request) => { if (request.method() === 'POST' && request.url().endsWith('/checkout')) sent++ })
      await page.getByRole('button', { name: 'Place order' }).dblclick()
      await orderNumber(page)
      expect(sent).toBe(1)
    })
  })
}

test.describe('in one shop', () => {
  const [shop] = shops

  test('going back and placing the order again leads to the same order', async ({ page }) => {
    await checkOut(page, shop, plenty(shop, 12))
    await fillCheckout(page)
    const form = await page.locator('#checkout-form').evaluate((form) => new URLSearchParams(new FormData(form)).toString())
    const number = await placeOrder(page)
    const again = await page.evaluate(async ({ address, body }) => {
      const answer = await fetch(address, { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded' } })
      return { address: answer.url, text: await answer.text() }
    }, { address: at(shop, '/checkout'), body: form })
    expect(again.address).toMatch(/\/orders\/\d+\?key=/)
    expect(again.text).toContain(`Order ${number}`)

    await page.goBack()
    const button = page.getByRole('button', { name: 'Place order' })
    await expect(button.or(page.getByRole('heading', { name: 'Your cart is empty' }))).toBeVisible()
    if (await button.isVisible()) {
      await button.click()
      expect(await orderNumber(page)).toBe(number)
    }
  })

  test('the same form sent by two tabs at once is one order', async ({ page, context }) => {
    await checkOut(page, shop, plenty(shop, 13))
    await fillCheckout(page)
    const second = await context.newPage()
    await second.goto(at(shop, '/checkout'))
    await arrived(second)
    await fillCheckout(second)
    await Promise.all([page, second].map((tab) => tab.getByRole('button', { name: 'Place order' }).click()))
    expect(await orderNumber(page)).toBe(await orderNumber(second))
  })

  test('what others bought meanwhile comes back with a word on it, and nothing is done', async ({ page, visitor, faults }, info) => {
    const offer = scarce(shop, 1 + info.repeatEachIndex)
    await page.goto(at(shop, offer.path))
    const left = Number(/Only (\d+) left/.exec(await page.locator('#product-picker').getByRole('status').textContent())[1])
    await page.getByRole('spinbutton', { name: 'Quantity', exact: true }).fill(String(left))
    await addToCart(page)
    await page.getByRole('link', { name: 'Check out' }).click()
    await fillCheckout(page)

    const other = await visitor()
    await checkOut(other, shop, offer)
    await fillCheckout(other, { email: 'charles@example.com' })
    await placeOrder(other)

    faults.expect(/status of 409/)
    await page.getByRole('button', { name: 'Place order' }).click()
    const word = page.getByRole('alert').filter({ hasText: 'Something changed since you looked' })
    await expect(word).toContainText(offer.title)
    await expect(word).toContainText(left === 1 ? 'has just sold out' : `only ${left - 1} left`)
    await expect(word).toBeFocused()
    await expect(page.getByLabel('E-mail')).toHaveValue('ada@example.com')

    // Whoever comes next finds what is left, and can buy it.
    await page.getByRole('link', { name: 'Back to the cart' }).click()
    await expect(page.getByText(left === 1 ? 'Sold out. Remove it' : `Only ${left - 1} left. Lower the quantity`)).toBeVisible()
    await expect(page.getByRole('link', { name: 'Check out' })).toHaveCount(0)
    await arrived(page)
    if (left > 1) {
      await page.locator('#cart-lines').getByRole('spinbutton').fill(String(left - 1))
      await page.keyboard.press('Tab')
      await page.getByRole('link', { name: 'Check out' }).click()
      await placeOrder(page)
    }
    const third = await visitor()
    await third.goto(at(shop, offer.path))
    await expect(third.locator('#product-picker').getByRole('status')).toHaveText('Sold out')
  })

  test('a cart that another tab changed comes back with a word on it', async ({ page, context, faults }) => {
    await checkOut(page, shop, plenty(shop, 12))
    await fillCheckout(page)
    const before = await total(page).textContent()
    const second = await context.newPage()
    await second.goto(at(shop, plenty(shop, 13).path))
    await addToCart(second)

    faults.expect(/status of 409/)
    await page.getByRole('button', { name: 'Place order' }).click()
    const word = page.getByRole('alert').filter({ hasText: 'Something changed since you looked' })
    await expect(word).toContainText(plenty(shop, 13).title)
    await expect(word).toContainText('was added to the cart.')
    await expect(total(page)).not.toHaveText(before)
    await placeOrder(page)
    await expect(page.getByRole('link', { name: plenty(shop, 13).title })).toBeVisible()
  })

  test('what was typed is there again after a look around', async ({ page }) => {
    await checkOut(page, shop, plenty(shop, 12))
    await fillCheckout(page)
    await page.getByLabel('Phone').fill('+49 341 1234567')
    const kept = page.waitForResponse((response) => response.url().includes('/checkout/fields') && response.request().postData().includes('field=phone'))
    await page.keyboard.press('Tab')
    await kept
    await page.goto(at(shop))
    await page.goto(at(shop, '/checkout'))
    await expect(page.getByLabel('E-mail')).toHaveValue('ada@example.com')
    await expect(page.getByLabel('Phone')).toHaveValue('+49 341 1234567')
    await expect(text(page, 'Street and number')).toHaveValue('Main Street 12')
  })

  test('an order is sent even while the summary is still on its way', async ({ page, faults }) => {
    await checkOut(page, shop, plenty(shop, 12))
    await fillCheckout(page)
    let release
    const held = new Promise((resolve) => { release = resolve })
    await page.route('**/checkout/summary', async (route) => {
      await held
      await route.continue().catch(() => {})
    })
    const asked = page.waitForRequest('**/checkout/summary')
    const before = await total(page).textContent()
    await page.getByRole('group', { name: 'Delivery' }).getByRole('radio').nth(1).check()
    await asked
    faults.expect(/status of 409/)
    await page.getByRole('button', { name: 'Place order' }).click()
    // The buyer has not seen the new total yet, so the order comes back with it.
    await expect(page.getByRole('alert').filter({ hasText: 'Something changed since you looked' })).toContainText('The total is now')
    await expect(total(page)).not.toHaveText(before)
    release()
    await placeOrder(page)
  })

  test('an empty cart leads from the checkout to the cart', async ({ page }) => {
    await page.goto(at(shop, '/checkout'))
    await expect(page.getByRole('heading', { name: 'Your cart is empty' })).toBeVisible()
  })

  test('an order that cannot be sent says so, and can be sent again', async ({ page, faults }) => {
    await checkOut(page, shop, plenty(shop, 12))
    await fillCheckout(page)
    faults.expect(/net::ERR_CONNECTION_FAILED/)
    faults.expect(/htmx:error: Failed to fetch/)
    await page.route('**/checkout', (route) => route.abort('connectionfailed'), { times: 1 })
    await page.getByRole('button', { name: 'Place order' }).click()
    await expect(toast(page)).toContainText('The connection failed and nothing was changed.')
    await placeOrder(page)
  })
})
