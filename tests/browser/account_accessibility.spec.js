import { addToCart, arrived, expect, fillCheckout, placeOrder, test } from './storefront.js'
import { expectAccessible, phone, still, wide } from './accessibility.js'
import { demo, desk, field, fillSignIn, heading, hire, join, letter, setUpFactor, sheet, signIn, somebody } from './accounts.js'
import { plenty } from './shelves.js'
import { shops, waysInto } from './shops.js'

test.use(still)

for (const shop of shops) {
  const base = waysInto(shop).path

  test.describe(shop.name, () => {
    for (const path of ['sign-in', 'registration', 'reset']) {
      test(`${path}, with a mistake too`, async ({ page, faults }) => {
        await page.goto(`${base}/account/${path}`)
        await expectAccessible(page)
        faults.expect(/status of 422/)
        await field(page, 'E-mail address').fill('grace@')
        if (path !== 'reset') await field(page, 'Password').fill('short')
        await page.getByRole('main').getByRole('button', { name: /^(Sign in|Create the account|Send the link)$/ }).click()
        await expect(page.getByRole('main').locator('[role=alert], [aria-invalid=true]').first()).toBeVisible()
        await expectAccessible(page)
      })
    }

    test('the sheet of the header', async ({ page }) => {
      await page.goto(`${base}/about`)
      await arrived(page)
      await page.getByRole('banner').getByRole('button', { name: 'Sign in' }).click()
      await expect(sheet(page)).toBeVisible()
      await expectAccessible(page)
    })

    test('the orders, an order, the addresses, the profile, the data and the end of an account', async ({ page, faults }) => {
      const who = await join(page, shop)
      for (const path of ['', '/addresses', '/addresses/new', '/profile', '/data', '/deletion']) {
        await page.goto(`${base}/account${path}`)
        await expectAccessible(page)
      }
      faults.expect(/status of 422/)
      await page.goto(`${base}/account/addresses/new`)
      await arrived(page)
      await page.getByRole('button', { name: 'Save' }).click()
      await expect(page.getByRole('main').locator('[aria-invalid=true]').first()).toBeFocused()
      await expectAccessible(page)

      await page.goto(base + plenty(shop, 4).path)
      await addToCart(page)
      await page.getByRole('link', { name: 'Check out' }).click()
      await arrived(page)
      await fillCheckout(page, who)
      await page.getByLabel('Save this address to my address book').check()
      await placeOrder(page)
      await page.goto(`${base}/checkout`)
      for (const path of ['/account', '/account/addresses', '/account/deletion']) {
        await page.goto(base + path)
        await expectAccessible(page)
      }
      await page.goto(`${base}/account`)
      await page.getByRole('main').getByRole('link', { name: /^Order / }).click()
      await expect(page.getByRole('heading', { level: 1, name: /^Order / })).toBeVisible()
      await expectAccessible(page)
    })

    test('the checkout of who is signed in, with saved addresses', async ({ page }) => {
      const who = await join(page, shop)
      await page.goto(base + plenty(shop, 5).path)
      await addToCart(page)
      await page.getByRole('link', { name: 'Check out' }).click()
      await arrived(page)
      await fillCheckout(page, who)
      await page.getByLabel('Save this address to my address book').check()
      await placeOrder(page)
      await page.goto(base + plenty(shop, 5).path)
      await addToCart(page)
      await page.goto(`${base}/checkout`)
      await page.getByText('Use a saved address').click()
      await expectAccessible(page)
    })

    test('the security of an account, the second factor, and what is mailed', async ({ page, visitor }) => {
      const who = await join(page, shop)
      await page.goto(`${base}/account/security`)
      await expectAccessible(page)
      await page.goto(`${base}/account/security/second-factor`)
      await expectAccessible(page)
      await page.goto(await letter(page, who.email, `Confirm your e-mail address for ${shop.name}`))
      await expectAccessible(page)
      await arrived(page)
      await page.getByRole('button', { name: 'Yes, this is my address' }).click()
      await expect(heading(page, 'Thank you, that is settled')).toBeVisible()
      await expectAccessible(page)
      await setUpFactor(page, base, expectAccessible)
      await page.getByText('New recovery codes').click()
      await page.getByText('Switch the second factor off').click()
      await expectAccessible(page)

      const other = await visitor()
      await other.goto(`${base}/account/sign-in`)
      await fillSignIn(other, who)
      await expect(heading(other, 'One more step')).toBeVisible()
      await expectAccessible(other)
      await other.goto(`${base}/account/reset`)
      await arrived(other)
      await field(other, 'E-mail address').fill(who.email)
      await other.getByRole('button', { name: 'Send the link' }).click()
      await expect(heading(other, 'Look into your mail')).toBeVisible()
      await expectAccessible(other)
      await other.goto(await letter(other, who.email, `Choose a new password for ${shop.name}`))
      await expectAccessible(other)
    })
  })
}

const shop = shops.find(({ slug }) => slug === 'kaffa')
const home = desk(shop)

test('the ways into the dashboard and the administration', async ({ page, faults }) => {
  faults.expect(/status of 410/)
  const links = [`${home}/account/sign-in`, `${home}/account/reset`, '/admin/account/sign-in', `${home}/invitations/nothing`, `${home}/account/reset/nothing`]
  for (const address of links) {
    await page.goto(address)
    await expectAccessible(page)
  }
})

test('the dashboard: home, team, roles, audit log, teams, security, and on a phone the menu', async ({ page, visitor }) => {
  const who = somebody()
  await signIn(page, home, { email: `owner@${shop.slug}.test`, password: demo })
  for (const path of ['', '/roles', '/roles/new', '/audit', '/teams', '/account/security']) {
    await page.goto(home + path)
    await expectAccessible(page)
  }
  await page.goto(`${home}/team`)
  await arrived(page)
  await field(page, 'E-mail address').fill(who.email)
  await page.getByRole('button', { name: 'Send the invitation' }).click()
  await expect(page.getByRole('region', { name: 'Open invitations' })).toBeVisible()
  await page.getByRole('row').filter({ hasText: `staff@${shop.slug}.test` }).locator('summary').click()
  for (const name of ['Ownership', 'Leave the team']) await page.getByRole('region', { name }).locator('summary').click()
  await expectAccessible(page)
  await page.setViewportSize(phone)
  await page.getByRole('button', { name: 'Open the menu' }).click()
  await expectAccessible(page)

  const guest = await visitor()
  await guest.goto(await letter(guest, who.email, `You are invited to the team of ${shop.name}`))
  await expectAccessible(guest)
})

test('what a viewer sees, a refusal included', async ({ page, faults }) => {
  await hire(page, shop, 'viewer')
  await page.goto(home)
  await expectAccessible(page)
  faults.expect(/status of 403/)
  await page.goto(`${home}/team`)
  await expectAccessible(page)
  await page.setViewportSize(wide)
  await expect(heading(page, 'This is not open to you')).toBeVisible()
})

test('the mail of developers', async ({ page }) => {
  const who = await join(page, shop)
  await letter(page, who.email, `Confirm your e-mail address for ${shop.name}`)
  await page.goto('/dev/mail')
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Confirm your e-mail address for' }).first().click()
  await expect(page.getByRole('heading', { level: 1, name: 'Confirm your e-mail address for' })).toBeVisible()
  await expectAccessible(page)
})
