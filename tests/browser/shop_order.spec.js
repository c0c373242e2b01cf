import { addToCart, arrived, badge, expect, fillCheckout, placeOrder, test, text, total } from './storefront.js'
import { plenty } from './shelves.js'
import { at, shops, waysInto } from './shops.js'

const shop = shops.find(({ domain }) => domain) ?? shops[0]

const notFound = 'No order matches this number and e-mail address. Check both and try again.'

/** An order of one offer, placed; its page is open. */
async function order(page, base, offer, email) {
  await page.goto(base + offer.path)
  await addToCart(page)
  await page.getByRole('link', { name: 'Check out' }).click()
  await fillCheckout(page, { email })
  return placeOrder(page)
}

/** Looks an order up by its number and an address. */
async function track(page, number, email) {
  await text(page, 'Order number').fill(number)
  await text(page, 'E-mail you ordered with').fill(email)
  await page.getByRole('button', { name: 'Find the order' }).click()
}

test('the confirmation says what was bought, how to pay, and where the order stands', async ({ page }) => {
  const offer = plenty(shop, 14)
  const number = await order(page, waysInto(shop).subdomain, offer, 'ada@example.com')
  expect(number).toMatch(/\d+$/)
  await expect(page.getByRole('heading', { name: 'How to pay' })).toBeVisible()
  const items = page.getByRole('region', { name: 'Items' })
  await expect(items.getByRole('link', { name: offer.title })).toBeVisible()
  await expect(items).toContainText(offer.name)
  const details = page.getByRole('region', { name: 'Details' })
  for (const fact of ['ada@example.com', 'Ada Byron', 'Main Street 12']) await expect(details).toContainText(fact)

  const steps = page.getByRole('region', { name: 'Progress' }).getByRole('list').first().getByRole('listitem')
  await expect(steps).toHaveCount(5)
  await expect(steps.first()).toHaveAttribute('aria-current', 'step')
  await expect(steps.first()).toContainText('Received (now)')
  await expect(steps.first()).toContainText(String(new Date().getFullYear()))
  for (let i = 1; i < 5; i++) await expect(steps.nth(i)).toContainText('(to come)')
})

test('the signed link shows the order to whoever has it, and to nobody else', async ({ page, visitor, faults }) => {
  const number = await order(page, waysInto(shop).subdomain, plenty(shop, 15), 'ada@example.com')
  const amount = await total(page).textContent()
  const link = await page.getByRole('link', { name: 'Link to this page' }).evaluate((a) => a.href)
  expect(new URL(link).searchParams.get('key').length).toBeGreaterThan(15)

  const other = await visitor()
  await other.goto(link)
  await expect(other.getByRole('heading', { level: 1, name: `Order ${number}` })).toBeVisible()
  await expect(total(other)).toHaveText(amount)
  await expect(other.getByText('Thank you.')).toHaveCount(0)

  faults.expect(/status of 404/)
  const key = new URL(link).searchParams.get('key')
  const changed = new URL(link)
  changed.searchParams.set('key', (key[0] === 'A' ? 'B' : 'A') + key.slice(1))
  const next = new URL(link)
  next.pathname = next.pathname.replace(/(\d+)$/, (n) => String(Number(n) + 1))
  const keyless = new URL(link)
  keyless.search = ''
  for (const address of [changed, next, keyless]) {
    expect((await other.goto(address.href)).status(), address.href).toBe(404)
    await expect(other.getByText('This link to an order is not complete.')).toBeVisible()
    await expect(other.getByText('Main Street 12')).toHaveCount(0)
  }

  // The key belongs to the shop: in another one it opens nothing.
  const elsewhere = shops.find(({ slug }) => slug !== shop.slug)
  expect((await other.goto(at(elsewhere, new URL(link).pathname + new URL(link).search))).status()).toBe(404)
})

test('an order is found by its number and e-mail, and a wrong one of either gives the same answer', async ({ page, visitor, faults }) => {
  const base = waysInto(shop).path
  const number = await order(page, base, plenty(shop, 16), 'Ada@Example.com')
  const other = await visitor()
  await other.goto(`${base}/orders`)
  faults.expect(/status of 422/)
  const answers = []
  for (const [n, email] of [[number, 'eve@example.com'], ['999999', 'ada@example.com'], ['no number', 'ada@example.com'], [number, '']]) {
    await track(other, n, email)
    await expect(other.getByRole('alert')).toHaveText(notFound)
    await expect(text(other, 'Order number')).toHaveValue(n)
    await arrived(other)
    answers.push((await other.locator('main').innerHTML()).replaceAll(/value="[^"]*"/g, ''))
  }
  expect(new Set(answers).size).toBe(1)

  await track(other, number, 'ada@example.com')
  await expect(other.getByRole('heading', { level: 1, name: `Order ${number}` })).toBeVisible()
  expect(other.url()).toContain('?key=')
  await other.goto(`${base}/orders`)
  await track(other, number.replace(/\D/g, ''), 'ADA@example.com ')
  await expect(other.getByRole('heading', { level: 1, name: `Order ${number}` })).toBeVisible()
})

test('guessing orders ends at a limit, with a word on it', async ({ page, faults }) => {
  const base = waysInto(shop).path
  const guess = async (number) => (await page.request.post(`${base}/orders`, { form: { number, email: 'eve@example.com' } })).status()
  let tries = 1
  while (await guess(tries) !== 429) expect(++tries).toBeLessThan(40)
  expect(tries).toBeGreaterThan(5)

  await page.goto(`${base}/orders`)
  faults.expect(/status of 429/)
  await track(page, '1', 'eve@example.com')
  await expect(page.getByRole('heading', { level: 1, name: 'That was a little fast' })).toBeVisible()
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('an order is found, and its page printed says all', async ({ page, faults }) => {
    await page.goto(at(shop, plenty(shop, 17).path))
    await page.getByRole('button', { name: 'Add to cart' }).click()
    await page.getByRole('link', { name: 'Check out' }).click()
    await fillCheckout(page)
    const number = await placeOrder(page)
    await expect(badge(page)).toBeHidden()
    await page.getByRole('link', { name: 'Track an order' }).last().click()
    faults.expect(/status of 422/)
    await track(page, number, 'eve@example.com')
    await expect(page.getByRole('alert')).toHaveText(notFound)
    await track(page, number, 'ada@example.com')
    await expect(page.getByRole('heading', { level: 1, name: `Order ${number}` })).toBeVisible()

    await page.emulateMedia({ media: 'print' })
    await expect(page.getByText('Main Street 12')).toBeVisible()
    await expect(total(page)).toBeVisible()
    await expect(page.getByRole('navigation')).toHaveCount(0)
  })
})
