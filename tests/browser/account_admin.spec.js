import { arrived, expect, test } from './storefront.js'
import { expectAccessible } from './accessibility.js'
import { admin, code, confirmFactor, demo, enter, field, fillSignIn, heading, hire, setUpFactor, signIn, somebody } from './accounts.js'
import { shops } from './shops.js'

// One test asks every admin for a second factor and takes it back, so nobody else may be an admin meanwhile: whatever
// needs one is in this file.
test.describe.configure({ mode: 'serial' })

const shop = shops.find(({ slug }) => slug === 'bloom')
const root = { email: 'admin@orion.test', password: demo }
const places = (page) => page.getByRole('navigation', { name: 'Dashboard' }).getByRole('link')
const row = (page, who) => page.getByRole('row').filter({ hasText: who.email })

/** Finds users by the beginning of an e-mail address. */
async function find(page, query) {
  await page.goto(`${admin}/users`)
  await arrived(page)
  await page.getByRole('searchbox').fill(query)
  await page.getByRole('button', { name: 'Find' }).click()
  await expect(page).toHaveURL(`${admin}/users?q=${encodeURIComponent(query)}`)
  await arrived(page)
}

/** Gives somebody a role on the platform's staff. */
async function appoint(page, who, role) {
  await find(page, who.email)
  await row(page, who).getByRole('combobox').selectOption(role)
  await row(page, who).getByRole('button', { name: 'Change' }).click()
  await expect(row(page, who).getByRole('combobox')).toHaveValue(role)
  await arrived(page)
}

test('an admin signs in, sees what the platform has, and signs out', async ({ page, faults }) => {
  await page.goto(`${admin}/users?q=owner`)
  await expect(heading(page, 'Sign in to the administration')).toBeVisible()
  faults.expect(/status of 422/)
  await fillSignIn(page, { email: `owner@${shop.slug}.test`, password: demo })
  await expect(page.getByRole('main').getByRole('alert')).toBeVisible()
  await fillSignIn(page, root)
  await expect(heading(page, 'Users')).toBeVisible()
  await expect(page.getByRole('searchbox')).toHaveValue('owner')
  const seen = ['Home', 'Users', 'Settings', 'Audit log', 'Your sign-in']
  const titles = ['Hello, Nora Admin', 'Users', 'Security settings', 'Audit log', 'Sign-in and security']
  await expect(places(page)).toHaveText(seen)
  for (const [n, title] of titles.entries()) {
    await arrived(page)
    await places(page).nth(n).click()
    await expect(heading(page, title)).toBeVisible()
    await expect(places(page).nth(n)).toHaveAttribute('aria-current', 'page')
  }
  await arrived(page)
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await expect(page.getByText('You are signed out.')).toBeVisible()
  await page.goto(admin)
  await expect(enter(page)).toBeVisible()
})

test('users are found by their address', async ({ page }) => {
  await signIn(page, admin, root)
  await find(page, 'owner@')
  for (const slug of shops.map((one) => one.slug)) await expect(row(page, { email: `owner@${slug}.test` })).toBeVisible()
  await find(page, 'nobody-at-all@')
  await expect(page.getByText('Nobody found')).toBeVisible()
})

test('the audit log tells of sign-ins and of doors that stayed shut', async ({ page, visitor, faults }) => {
  const other = await visitor()
  await hire(other, shop, 'viewer')
  faults.expect(/status of 403/)
  await other.goto(`http://localhost:${new URL(admin).port}/vendor/${shop.slug}/team`)
  await signIn(page, admin, root)
  await page.goto(`${admin}/audit`)
  await expect(page.getByText('session.started').first()).toBeVisible()
})

test('somebody is appointed to the support, sees no more than that, and is dismissed', async ({ page, visitor, faults }) => {
  const guest = await visitor()
  const who = await hire(guest, shop, 'viewer')
  await signIn(page, admin, root)
  await appoint(page, who, 'support')
  await signIn(guest, admin, who)
  await expect(places(guest)).toHaveText(['Home', 'Users', 'Audit log', 'Your sign-in'])
  await find(guest, 'owner@')
  await expect(guest.getByRole('combobox')).toHaveCount(0)
  faults.expect(/status of 403/)
  await guest.goto(`${admin}/settings/security`)
  await expect(heading(guest, 'This is not open to you')).toBeVisible()

  await appoint(page, who, '')
  await guest.goto(`${admin}/users`)
  await expect(heading(guest, 'Users')).toHaveCount(0)
})

test('a second factor is demanded of admins: who has none sets it up before anything else', async ({ page, visitor }) => {
  const other = await visitor()
  const [chief, clerk] = [await hire(page, shop, 'viewer', somebody('Joan Clarke')), await hire(other, shop, 'viewer')]
  const boss = await visitor()
  await signIn(boss, admin, root)
  await appoint(boss, chief, 'super_admin')
  await appoint(boss, clerk, 'support')
  await signIn(page, admin, chief)
  await setUpFactor(page, admin)
  await signIn(other, admin, clerk)

  const demand = async (demanded) => {
    await page.goto(`${admin}/settings/security`)
    await arrived(page)
    await page.getByRole('checkbox', { name: /^Everybody who runs the platform/ }).setChecked(demanded)
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByText('The settings are saved.')).toBeVisible()
  }
  await demand(true)
  try {
    await other.goto(`${admin}/users`)
    await expect(heading(other, 'Set up a second factor')).toBeVisible()
    await expect(other.getByText('Your role asks for a second factor. Set one up to go on.')).toBeVisible()
    await expect(places(other)).toHaveCount(0)
    const { secret } = await confirmFactor(other)
    await expect(places(other)).toHaveText(['Home', 'Users', 'Audit log', 'Your sign-in'])
    await expect(other.getByRole('button', { name: 'Switch it off' })).toHaveCount(0)
    await arrived(other)
    await other.getByRole('button', { name: 'Sign out', exact: true }).click()
    await fillSignIn(other, clerk)
    await expect(heading(other, 'One more step')).toBeVisible()
    await arrived(other)
    await field(other, 'Code').fill(code(secret, 1))
    await other.getByRole('main').getByRole('button', { name: 'Continue' }).click()
    await expect(places(other)).toHaveText(['Home', 'Users', 'Audit log', 'Your sign-in'])
  } finally {
    await demand(false)
  }
})

test('the pages of the administration break no rule of accessibility', async ({ page }) => {
  await signIn(page, admin, root)
  for (const path of ['', '/users?q=owner', '/users?q=nobody-at-all', '/settings/security', '/audit', '/account/security']) {
    await page.goto(admin + path)
    await expectAccessible(page)
  }
})
