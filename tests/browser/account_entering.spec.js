import { addToCart, arrived, badge, drawer, expect, fillCheckout, orderNumber, placeOrder, test, text } from './storefront.js'
import { demo, enter, field, fillRegistration, fillSignIn, heading, join, letter, sheet, signIn, somebody } from './accounts.js'
import { plenty, scarce } from './shelves.js'
import { at, shops, waysInto } from './shops.js'

const shop = shops.find(({ domain }) => domain)
const elsewhere = shops.find(({ slug }) => slug !== shop.slug)
const base = waysInto(shop).path
const ada = { email: 'ada@example.test', password: demo }

const openSheet = (page) => page.getByRole('banner').getByRole('button', { name: 'Sign in' }).click()
const account = (page) => page.getByRole('banner').getByRole('link', { name: 'Your account' })

/** Puts an offer into the cart, and closes the drawer. */
async function take(page, address, offer) {
  await page.goto(address + offer.path)
  await addToCart(page)
  await page.keyboard.press('Escape')
  await expect(drawer(page)).toBeHidden()
}

for (const [way, address] of Object.entries(waysInto(shop))) {
  test(`by the ${way}: a guest registers, keeps the cart, confirms the address and finds the earlier order`, async ({ page }) => {
    const who = somebody()
    await take(page, address, plenty(shop, 0))
    await page.goto(`${address}/checkout`)
    await fillCheckout(page, who)
    const number = await placeOrder(page)
    await take(page, address, plenty(shop, 1))

    await openSheet(page)
    await sheet(page).getByRole('link', { name: 'Create an account' }).click()
    await fillRegistration(page, who)
    await expect(heading(page, 'Your orders')).toBeVisible()
    await expect(page.getByText('Hello Grace.')).toBeVisible()
    await expect(account(page)).toBeVisible()
    await expect(badge(page)).toHaveText(/1/)
    await expect(page.getByText('Confirm your e-mail to see earlier orders')).toBeVisible()
    await expect(page.getByRole('link', { name: `Order ${number}` })).toHaveCount(0)

    await page.goto(await letter(page, who.email, `Confirm your e-mail address for ${shop.name}`))
    await expect(heading(page, 'Is this your address?')).toBeVisible()
    await arrived(page)
    await page.getByRole('button', { name: 'Yes, this is my address' }).click()
    await expect(heading(page, 'Thank you, that is settled')).toBeVisible()
    await page.getByRole('link', { name: 'Continue' }).click()
    await page.getByRole('link', { name: `Order ${number}` }).click()
    await expect(heading(page, `Order ${number}`)).toBeVisible()
    await expect(page.getByText('Main Street 12')).toBeVisible()
  })
}

test('a form for a new account says beside each field what is wrong, and to whom an address belongs', async ({ page, faults }) => {
  const who = await join(page, shop)
  await page.context().clearCookies()
  await page.goto(`${base}/account/registration`)
  faults.expect(/status of 422/)
  for (const [label, typed, message] of [
    ['Password', { ...who, email: somebody().email, password: 'short' }, /at least 10 characters/],
    ['Password', { ...who, email: somebody().email, password: 'password123' }, /among the first/],
    ['E-mail address', { ...who, email: 'grace@' }, /name@example.com/],
    ['E-mail address', { ...who, email: who.email.toUpperCase() }, /There is an account with this e-mail address already/],
  ]) {
    await fillRegistration(page, typed)
    await expect(field(page, label)).toHaveAttribute('aria-invalid', 'true')
    await expect(field(page, label)).toHaveAccessibleDescription(message)
    await expect(field(page, label)).toBeFocused()
    await expect(field(page, 'Password')).toHaveValue('')
  }
})

test('from the sheet of the header one is led back to the page one was on', async ({ page }) => {
  await page.goto(at(shop, '/products?sort=title'))
  await arrived(page)
  await openSheet(page)
  await expect(sheet(page)).toBeVisible()
  await sheet(page).getByLabel('E-mail address').fill(ada.email)
  await sheet(page).getByLabel('Password').fill(ada.password)
  await sheet(page).getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(account(page)).toBeVisible()
  await expect(page).toHaveURL(at(shop, '/products?sort=title'))
  await account(page).click()
  await expect(heading(page, 'Your orders')).toBeVisible()

  await arrived(page)
  await page.getByRole('navigation', { name: 'Your account' }).getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByRole('banner').getByRole('button', { name: 'Sign in' })).toBeVisible()
  await page.goto(at(shop, '/account/profile'))
  await expect(heading(page, 'Sign in')).toBeVisible()
})

test('a wrong password is refused in place, the same as an unknown address, and the right one still leads back', async ({ page, faults }) => {
  const who = await join(page, shop)
  await page.context().clearCookies()
  await page.goto(`${base}/products?sort=title`)
  faults.expect(/status of 422/)
  const answers = []
  for (const email of [somebody().email, who.email]) {
    await page.goto(`${base}/products?sort=title`)
    await arrived(page)
    await openSheet(page)
    await sheet(page).getByLabel('E-mail address').fill(email)
    await sheet(page).getByLabel('Password').fill('not this one, surely')
    await sheet(page).getByRole('button', { name: 'Sign in', exact: true }).click()
    await expect(heading(page, 'Sign in')).toBeVisible()
    answers.push(await page.getByRole('main').getByRole('alert').textContent())
    await expect(field(page, 'E-mail address')).toHaveValue(email)
    await expect(field(page, 'Password')).toHaveValue('')
  }
  expect(answers[0]).toBe(answers[1])

  // On the page itself nothing is loaded anew.
  await page.evaluate(() => { window.same = true })
  await fillSignIn(page, who, 'still not this one')
  await expect(page.getByRole('main').getByRole('alert')).toBeFocused()
  expect(await page.evaluate(() => window.same)).toBe(true)
  await fillSignIn(page, who)
  await expect(account(page)).toBeVisible()
  await expect(page).toHaveURL(`${base}/products?sort=title`)
})

test('who guesses passwords has to wait, whether there is such an account or not', async ({ page, faults }) => {
  const known = await join(page, shop)
  await page.context().clearCookies()
  faults.expect(/status of 422/)
  faults.expect(/status of 429/)
  for (const who of [known, somebody()]) {
    await page.goto(`${base}/account/sign-in`)
    await arrived(page)
    const wait = page.getByRole('main').getByText('That was tried too often.')
    let tries = 0
    while (!await wait.isVisible()) {
      expect(++tries).toBeLessThan(12)
      const answer = page.waitForResponse((response) => response.request().method() === 'POST')
      await fillSignIn(page, who, `guess number ${tries}`)
      await (await answer).finished()
      await expect(page.getByRole('main').getByRole('alert')).toBeFocused()
      await expect(enter(page)).toBeEnabled()
    }
    expect(tries).toBeGreaterThan(5)
    await expect(field(page, 'E-mail address')).toHaveValue(who.email)
  }
})

test('the account of one shop opens nothing in another', async ({ page, faults }) => {
  const who = await join(page, shop)
  await page.goto(`${waysInto(elsewhere).path}/account`)
  await expect(heading(page, 'Sign in')).toBeVisible()
  faults.expect(/status of 422/)
  await fillSignIn(page, who)
  await expect(page.getByRole('main').getByRole('alert')).toBeVisible()
  await page.goto(`${base}/account`)
  await expect(heading(page, 'Your orders')).toBeVisible()
})

test('signing in from the checkout fills in the saved address, and the order is there to be bought again', async ({ page, visitor }) => {
  const offer = plenty(shop, 2)
  const who = await join(page, shop)
  await page.goto(`${base}/account/addresses/new`)
  await arrived(page)
  await field(page, 'Street and number').fill('Mill Lane 3')
  await field(page, 'Postcode').fill('04229')
  await field(page, 'City').fill('Leipzig')
  await page.getByRole('main').getByLabel('Deliver here by default').check()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(heading(page, 'Addresses')).toBeVisible()

  const guest = await visitor()
  await guest.goto(base + offer.path)
  await addToCart(guest)
  await guest.getByRole('link', { name: 'Check out' }).click()
  await arrived(guest)
  await guest.getByRole('main').getByRole('link', { name: 'Sign in' }).click()
  await fillSignIn(guest, who)
  await expect(guest.getByText(`You are signed in as ${who.email}.`)).toBeVisible()
  await arrived(guest)
  await expect(guest).toHaveURL(`${base}/checkout`)
  await expect(field(guest, 'E-mail')).toHaveValue(who.email)
  await expect(text(guest, 'Full name')).toHaveValue(who.name)
  await expect(text(guest, 'Street and number')).toHaveValue('Mill Lane 3')
  await expect(text(guest, 'City')).toHaveValue('Leipzig')
  const number = await placeOrder(guest)

  await account(guest).click()
  await expect(guest.getByRole('link', { name: `Order ${number}` })).toBeVisible()
  await arrived(guest)
  await guest.getByRole('button', { name: `Buy again: order ${number}` }).click()
  await expect(drawer(guest).getByRole('link', { name: offer.title, exact: true })).toBeVisible()
  await expect(badge(guest)).toHaveText(/1/)
  await guest.keyboard.press('Escape')
  await guest.getByRole('link', { name: `Order ${number}` }).click()
  await expect(heading(guest, `Order ${number}`)).toBeVisible()
  await expect(guest.getByRole('region', { name: 'Progress' })).toBeVisible()
  await arrived(guest)
  await guest.getByRole('main').getByRole('button', { name: 'Buy again' }).click()
  await expect(badge(guest)).toHaveText(/2/)
})

test('what is sold out meanwhile is not bought again, and the cart says so', async ({ page }, info) => {
  const offer = scarce(shop, 1 + info.repeatEachIndex)
  const who = await join(page, shop)
  await page.goto(base + offer.path)
  const left = /Only (\d+) left/.exec(await page.locator('#product-picker').getByRole('status').textContent())[1]
  await page.getByRole('spinbutton', { name: 'Quantity', exact: true }).fill(left)
  await addToCart(page)
  await page.goto(`${base}/checkout`)
  await fillCheckout(page, who)
  const number = await placeOrder(page)
  await page.goto(`${base}/account`)
  await arrived(page)
  await page.getByRole('button', { name: `Buy again: order ${number}` }).click()
  await expect(drawer(page).getByText('Nothing of this order can be bought at the moment.')).toBeVisible()
  await expect(drawer(page).getByText(new RegExp(`${offer.title}.* cannot be added at the moment\\.`))).toBeVisible()
  await expect(badge(page)).toBeHidden()
})

test('an order of somebody who is signed in can keep its address in the book', async ({ page }) => {
  const who = await join(page, shop)
  await take(page, base, plenty(shop, 3))
  await page.goto(`${base}/checkout`)
  await expect(field(page, 'E-mail')).toHaveValue(who.email)
  await fillCheckout(page, who)
  await page.getByLabel('Save this address to my address book').check()
  await placeOrder(page)
  await page.goto(`${base}/account/addresses`)
  await expect(page.getByRole('main').getByRole('listitem').filter({ hasText: 'Main Street 12' })).toBeVisible()
})

test("a guest's cart joins what the customer had put into the cart elsewhere", async ({ page, visitor }) => {
  const who = await join(page, shop)
  await take(page, base, plenty(shop, 4))
  const other = await visitor()
  await take(other, base, plenty(shop, 5))
  await signIn(other, base, who)
  await other.goto(`${base}/cart`)
  for (const offer of [plenty(shop, 4), plenty(shop, 5)]) await expect(other.locator('#cart-lines')).toContainText(offer.title)
  await expect(badge(other)).toHaveText(/2/)
  await page.goto(`${base}/cart`)
  await expect(badge(page)).toHaveText(/2/)

  // Who signs out leaves nothing behind for who comes next.
  await other.goto(`${base}/account`)
  await arrived(other)
  await other.getByRole('navigation', { name: 'Your account' }).getByRole('button', { name: 'Sign out' }).click()
  await expect(other.getByRole('banner').getByRole('button', { name: 'Sign in' })).toBeVisible()
  await expect(badge(other)).toBeHidden()
})

test('a guest is asked to open an account with the order, and its address is filled in', async ({ page }) => {
  const who = somebody()
  await take(page, base, plenty(shop, 6))
  await page.goto(`${base}/checkout`)
  await fillCheckout(page, who)
  await placeOrder(page)
  await orderNumber(page)
  await page.getByRole('link', { name: 'Open an account' }).click()
  await expect(field(page, 'E-mail address')).toHaveValue(who.email)
  await fillRegistration(page, who)
  await expect(account(page)).toBeVisible()
})
