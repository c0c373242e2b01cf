import { arrived, expect, test, toast } from './storefront.js'
import { demo, desk, field, heading, join, sheet } from './accounts.js'
import { expectSeen, tabTo } from './keyboard.js'
import { shops, waysInto } from './shops.js'

const shop = shops.find(({ domain }) => domain)
const base = waysInto(shop).path

test('the sheet of the header takes the focus, keeps it, gives it back, and signs in', async ({ page }) => {
  const who = await join(page, shop)
  await page.context().clearCookies()
  await page.goto(`${base}/products`)
  await arrived(page)
  const opener = page.getByRole('banner').getByRole('button', { name: 'Sign in' })
  await tabTo(page, opener)
  await page.keyboard.press('Enter')
  await expect(sheet(page).getByLabel('E-mail address')).toBeFocused()
  await expectSeen(page)
  await page.keyboard.press('Escape')
  await expect(sheet(page)).toBeHidden()
  await expect(opener).toBeFocused()

  await page.keyboard.press('Enter')
  await expect(sheet(page).getByLabel('E-mail address')).toBeFocused()
  await tabTo(page, sheet(page).getByRole('link', { name: 'Create an account' }))
  await tabTo(page, sheet(page).getByLabel('E-mail address'), 'Shift+Tab')
  await page.keyboard.type(who.email)
  await tabTo(page, sheet(page).getByLabel('Password'))
  await page.keyboard.type(who.password)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('banner').getByRole('link', { name: 'Your account' })).toBeVisible()
  await expect(page).toHaveURL(`${base}/products`)
})

test("every stop of the account's pages can be seen", async ({ page }) => {
  await join(page, shop)
  await page.goto(`${base}/account`)
  await arrived(page)
  const nav = page.getByRole('navigation', { name: 'Your account' })
  for (const [place, title] of [['Addresses', 'Addresses'], ['Profile', 'Profile'], ['Security', 'Sign-in and security']]) {
    await tabTo(page, nav.getByRole('link', { name: place }))
    await page.keyboard.press('Enter')
    await expect(heading(page, title)).toBeVisible()
    await arrived(page)
  }
  await tabTo(page, page.getByRole('button', { name: 'Sign out everywhere', exact: true }))
  await page.goto(`${base}/account/addresses/new`)
  await arrived(page)
  for (const [label, words] of [['Street and number', 'Mill Lane 3'], ['Postcode', '04229'], ['City', 'Leipzig']]) {
    await tabTo(page, field(page, label))
    await page.keyboard.type(words)
  }
  await tabTo(page, page.getByRole('main').getByLabel('Deliver here by default'))
  await page.keyboard.press('Space')
  await tabTo(page, page.getByRole('button', { name: 'Save' }))
  await page.keyboard.press('Enter')
  await expect(toast(page)).toContainText('Saved.')
})

test('a team is looked after with the keyboard only', async ({ page }) => {
  await page.goto(`${desk(shop)}/team`)
  await arrived(page)
  await tabTo(page, field(page, 'E-mail address'))
  await page.keyboard.type(`owner@${shop.slug}.test`)
  await tabTo(page, field(page, 'Password'))
  await page.keyboard.type(demo)
  await page.keyboard.press('Enter')
  await expect(heading(page, 'Team')).toBeVisible()
  await arrived(page)
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.locator('main')).toBeFocused()
  const viewer = page.getByRole('row').filter({ hasText: `viewer@${shop.slug}.test` })
  await tabTo(page, viewer.locator('summary'))
  await page.keyboard.press('Enter')
  await tabTo(page, viewer.getByRole('button', { name: 'Remove from the team' }))
  await tabTo(page, viewer.locator('summary'), 'Shift+Tab')
  await page.keyboard.press('Enter')
  await expect(viewer.getByRole('button', { name: 'Remove from the team' })).toBeHidden()
  await tabTo(page, page.getByRole('button', { name: 'Send the invitation' }))
})
