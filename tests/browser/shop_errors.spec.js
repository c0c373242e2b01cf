import { drawer, expect, test, toast } from './storefront.js'
import { plenty } from './shelves.js'
import { at, shops } from './shops.js'

const shop = shops.at(-1)
const add = (page) => page.getByRole('button', { name: 'Add to cart' })

/** What can happen to a request on its way, and what a person reads then. */
const failures = [
  { name: 'the connection fails', fail: (route) => route.abort('connectionfailed'), complaints: [/ERR_CONNECTION_FAILED/, /htmx:error/], message: 'The connection failed and nothing was changed.' },
  { name: 'the server fails', fail: (route) => route.fulfill({ status: 500, contentType: 'text/html', body: '<p>Internal error</p>' }), complaints: [/^response: 500/, /status of 500/], message: 'Something went wrong on our side.' },
  { name: 'a proxy answers something else', fail: (route) => route.fulfill({ status: 502, contentType: 'text/plain', body: 'Bad gateway' }), complaints: [/^response: 502/, /status of 502/], message: 'Something went wrong on our side.' },
  { name: 'it comes too often', fail: (route) => route.fulfill({ status: 429, contentType: 'text/html', body: '' }), complaints: [/status of 429/], message: 'That was a little fast.' },
  { name: 'it is gone', fail: (route) => route.fulfill({ status: 404, contentType: 'text/html', body: '' }), complaints: [/status of 404/], message: 'This is no longer here.' },
]

for (const { name, fail, complaints, message } of failures) {
  test(`an action says so when ${name}, and works the next time`, async ({ page, faults }) => {
    await page.goto(at(shop, plenty(shop, 6).path))
    await page.route('**/cart/items', fail, { times: 1 })
    for (const complaint of complaints) faults.expect(complaint)
    await add(page).click()
    await expect(toast(page)).toContainText(message)
    await expect(page.locator('#toasts')).toHaveAttribute('aria-live', 'polite')
    await expect(drawer(page)).toBeHidden()
    await expect(add(page)).toBeEnabled()

    await add(page).click()
    await expect(drawer(page)).toBeVisible()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Dismiss' }).click()
    await expect(toast(page)).toHaveCount(0)
  })
}

test('a list that fails to load says so and stays as it was, address and all', async ({ page, faults }) => {
  await page.goto(at(shop, '/products'))
  const count = await page.locator('#results-heading').textContent()
  await page.route('**/products?*', (route) => route.fulfill({ status: 503, contentType: 'text/html', body: '' }), { times: 1 })
  faults.expect(/^response: 503/)
  faults.expect(/status of 503/)
  await page.getByLabel('In stock').check()
  await expect(toast(page)).toContainText('Something went wrong on our side.')
  await expect(page.locator('#results-heading')).toHaveText(count)
  expect(page.url()).toBe(at(shop, '/products'))
})

test('the server says in a toast what it refuses', async ({ page, faults }) => {
  await page.goto(at(shop, plenty(shop, 6).path))
  await page.locator('.product-add input[name=variant]').evaluate((input) => { input.value = '999999999' })
  faults.expect(/status of 404/)
  await add(page).click()
  await expect(toast(page)).toBeVisible()
  await expect(toast(page)).not.toHaveText('')
  await expect(drawer(page)).toBeHidden()
})

test('while a request is under way, its button is busy and does nothing twice', async ({ page }) => {
  await page.goto(at(shop, plenty(shop, 6).path))
  let release
  let sent = 0
  const held = new Promise((resolve) => { release = resolve })
  await page.route('**/cart/items', async (route) => {
    sent++
    await held
    await route.continue()
  })
  await add(page).click()
  await expect(add(page)).toBeDisabled()
  await expect(add(page)).toHaveAttribute('aria-busy', 'true')
  await add(page).dispatchEvent('click')
  release()
  await expect(drawer(page)).toBeVisible()
  await expect(page.locator('#cart-badge')).toHaveText(/1/)
  expect(sent).toBe(1)
})

for (const one of shops) {
  test(`${one.name}: an address that leads nowhere says so in the shop's own look and leads on`, async ({ page, faults }) => {
    faults.expect(/status of 404/)
    for (const path of ['/nothing', '/products/no-such-thing', '/categories/no-such-thing', '/orders/1']) {
      expect((await page.goto(at(one, path))).status()).toBe(404)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await expect(page.locator('html')).toHaveClass(`theme-${one.theme}`)
      await expect(page.getByRole('banner').getByRole('link', { name: one.name })).toBeVisible()
    }
    await page.locator('main').getByRole('link').first().click()
    await expect(page.locator('main').getByRole('article').first()).toBeVisible()
  })
}

test('a host that is no shop says so', async ({ page, faults }) => {
  faults.expect(/status of 404/)
  expect((await page.goto(at({ slug: 'nobody-at-home' }))).status()).toBe(404)
  await expect(page.getByRole('heading', { level: 1, name: 'There is no shop at this address' })).toBeVisible()
})
