import { arrived, expect, test, toast } from './storefront.js'
import { demo, desk, enter, field, fillSignIn, heading, hire, letter, mail, setUpFactor, signIn, somebody } from './accounts.js'
import { shops } from './shops.js'

const [shop, elsewhere, third] = ['kaffa', 'bloom', 'atelier'].map((slug) => shops.find((one) => one.slug === slug))
const home = desk(shop)
const owner = { email: `owner@${shop.slug}.test`, password: demo }
const places = (page) => page.getByRole('navigation', { name: 'Dashboard' }).getByRole('link')
const rows = (page, name) => page.getByRole('region', { name }).getByRole('row')
const member = (page, who) => rows(page, 'Members').filter({ hasText: who.email })
const invitation = (page, who) => rows(page, 'Open invitations').filter({ hasText: who.email })
const subject = (where) => `You are invited to the team of ${where.name}`

/** Invites somebody on the team's page. */
async function invite(page, where, who, role) {
  await page.goto(`${desk(where)}/team`)
  await arrived(page)
  await field(page, 'E-mail address').fill(who.email)
  await field(page, 'Role').selectOption(role)
  await page.getByRole('button', { name: 'Send the invitation' }).click()
}

/** Gives a member another role on the team's page that is open. */
async function changeRole(page, who, role) {
  await arrived(page)
  await member(page, who).getByRole('combobox').selectOption(role)
  await member(page, who).getByRole('button', { name: 'Change' }).click()
  await expect(toast(page)).toContainText('The role is changed, from now on.')
}

const everything = ['Home', 'Team', 'Roles', 'Audit log', 'Your sign-in']
for (const [role, seen] of Object.entries({ owner: everything, manager: everything, staff: ['Home', 'Your sign-in'], viewer: ['Home', 'Your sign-in'] })) {
  test(`${role}: signs in to the dashboard, sees what is open to them, and signs out`, async ({ page, faults }) => {
    await page.goto(home)
    await expect(heading(page, 'Sign in to the dashboard')).toBeVisible()
    await fillSignIn(page, { email: `${role}@${shop.slug}.test`, password: demo })
    await expect(page).toHaveURL(home)
    await expect(page.getByText(new RegExp(`You look after ${shop.name} as ${role}`, 'i'))).toBeVisible()
    await expect(places(page)).toHaveText(seen)
    for (const name of seen) {
      await arrived(page)
      await places(page).filter({ hasText: new RegExp(`^${name}$`) }).click()
      await expect(places(page).filter({ hasText: new RegExp(`^${name}$`) })).toHaveAttribute('aria-current', 'page')
    }
    const doors = { [`${home}/team`]: 'Team', [`${home}/roles`]: 'Roles', [`${home}/audit`]: 'Audit log' }
    if (seen !== everything) faults.expect(/status of 403/)
    for (const [address, title] of Object.entries(doors)) {
      const answer = await page.goto(address)
      expect(answer.status(), address).toBe(seen === everything ? 200 : 403)
      await expect(heading(page, seen === everything ? title : 'This is not open to you')).toBeVisible()
    }
    await arrived(page)
    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
    await expect(page.getByText('You are signed out.')).toBeVisible()
    await page.goto(home)
    await expect(heading(page, 'Sign in to the dashboard')).toBeVisible()
  })
}

test('the owner of another shop is told that this one is not theirs', async ({ page, faults }) => {
  await signIn(page, desk(elsewhere), { email: `owner@${elsewhere.slug}.test`, password: demo })
  faults.expect(/status of 403/)
  expect((await page.goto(home)).status()).toBe(403)
  await expect(heading(page, 'This is not open to you')).toBeVisible()
  await expect(page.getByText('You are not on the team of this shop.')).toBeVisible()
})

test('somebody new is invited by mail, joins, gets another role, and is removed', async ({ page, visitor, faults }) => {
  const who = somebody('Katherine Johnson')
  await signIn(page, home, owner)
  await invite(page, shop, who, 'viewer')
  await expect(toast(page)).toContainText('The invitation is on its way.')
  await expect(invitation(page, who)).toContainText('Viewer')

  const guest = await visitor()
  await guest.goto(await letter(guest, who.email, subject(shop)))
  await expect(heading(guest, `Join the team of ${shop.name}`)).toBeVisible()
  await expect(guest.getByText('Your role: Viewer.')).toBeVisible()
  await arrived(guest)
  faults.expect(/status of 422/)
  await field(guest, 'Your name').fill(who.name)
  await field(guest, 'Choose a password').fill('password123')
  await guest.getByRole('button', { name: 'Join the team' }).click()
  await expect(field(guest, 'Choose a password')).toHaveAccessibleDescription(/among the first/)
  await expect(field(guest, 'Your name')).toHaveValue(who.name)
  await arrived(guest)
  await field(guest, 'Choose a password').fill(who.password)
  await guest.getByRole('button', { name: 'Join the team' }).click()
  await expect(toast(guest)).toContainText('Welcome to the team.')
  await expect(places(guest)).toHaveText(['Home', 'Your sign-in'])

  await page.reload()
  await expect(member(page, who)).toContainText(who.name)
  await expect(page.getByText(who.email)).toHaveCount(1)
  await changeRole(page, who, 'manager')
  await guest.goto(`${home}/team`)
  await expect(member(guest, who)).toContainText('You')

  await arrived(page)
  await member(page, who).locator('summary').click()
  await member(page, who).getByRole('button', { name: 'Remove from the team' }).click()
  await expect(toast(page)).toContainText('Removed from the team.')
  await expect(member(page, who)).toHaveCount(0)
  faults.expect(/status of 403/)
  await guest.goto(`${home}/team`)
  await expect(heading(guest, 'This is not open to you')).toBeVisible()
})

test('an invitation is sent again, and taken back; what is wrong with one is said beside its field', async ({ page, visitor, faults }) => {
  const who = somebody()
  await signIn(page, home, owner)
  faults.expect(/status of 422/)
  await invite(page, shop, { email: 'grace@' }, 'staff')
  await expect(field(page, 'E-mail address')).toHaveAccessibleDescription(/name@example.com/)
  await expect(field(page, 'E-mail address')).toHaveValue('grace@')
  await invite(page, shop, { email: `staff@${shop.slug}.test` }, 'staff')
  await expect(field(page, 'E-mail address')).toHaveAccessibleDescription(/on the team already/)

  await invite(page, shop, who, 'staff')
  const first = await letter(page, who.email, subject(shop))
  await arrived(page)
  await page.getByRole('button', { name: `Send again to ${who.email}` }).click()
  await expect(toast(page)).toContainText('The invitation is on its way.')
  const second = await letter(page, who.email, subject(shop), 2)
  const guest = await visitor()
  faults.expect(/status of 410/)
  await guest.goto(first)
  await expect(heading(guest, 'This invitation does not work any more')).toBeVisible()
  await guest.goto(second)
  await expect(heading(guest, `Join the team of ${shop.name}`)).toBeVisible()

  await arrived(page)
  await page.getByRole('button', { name: `Take back the invitation for ${who.email}` }).click()
  await expect(toast(page)).toContainText('The invitation is taken back.')
  await expect(page.getByText(who.email)).toHaveCount(0)
  await guest.reload()
  await expect(heading(guest, 'This invitation does not work any more')).toBeVisible()
})

test('somebody with an account signs in, joins a second team, and goes from one shop to the other', async ({ page, visitor, faults }) => {
  const guest = await visitor()
  const who = await hire(guest, elsewhere, 'staff')
  await guest.context().clearCookies()
  await signIn(page, home, owner)
  await invite(page, shop, who, 'manager')
  await expect(toast(page)).toContainText('The invitation is on its way.')

  const link = await letter(guest, who.email, subject(shop))
  await page.goto(link)
  await expect(page.getByText(`The invitation is for ${who.email}, and you are signed in with another account.`)).toBeVisible()
  await guest.goto(link)
  await guest.getByRole('link', { name: 'Sign in to join' }).click()
  await fillSignIn(guest, who)
  await expect(heading(guest, `Join the team of ${shop.name}`)).toBeVisible()
  await arrived(guest)
  await guest.getByRole('button', { name: 'Join the team' }).click()
  await expect(toast(guest)).toContainText('Welcome to the team.')
  await expect(places(guest)).toHaveText(everything)

  await guest.goto(`${home}/teams`)
  const tiles = guest.getByRole('main').getByRole('listitem')
  await expect(tiles).toHaveCount(2)
  await expect(tiles.filter({ hasText: shop.name })).toContainText('You are here')
  await tiles.getByRole('link', { name: elsewhere.name }).click()
  await expect(guest).toHaveURL(desk(elsewhere))
  await expect(guest.getByText(new RegExp(`You look after ${elsewhere.name} as staff`, 'i'))).toBeVisible()
  await expect(places(guest)).toHaveText(['Home', 'Your sign-in'])
  await guest.getByRole('link', { name: 'Your other shops' }).click()
  await expect(heading(guest, 'Your shops')).toBeVisible()

  // Leaving one team leaves the other.
  await guest.goto(`${home}/team`)
  await arrived(guest)
  await guest.getByRole('region', { name: 'Leave the team' }).locator('summary').click()
  await guest.getByRole('button', { name: 'Leave for good' }).click()
  await expect(guest.getByText('You have left the team.')).toBeVisible()
  await expect(tiles).toHaveCount(1)
  faults.expect(/status of 403/)
  await guest.goto(home)
  await expect(heading(guest, 'This is not open to you')).toBeVisible()
})

test('a role of the own allows what it says, and is not removed while somebody has it', async ({ page, visitor, faults }) => {
  const guest = await visitor()
  const who = await hire(guest, shop, 'viewer')
  const title = `Auditor ${who.email.slice(6, 14)}`
  await signIn(page, home, owner)
  await page.goto(`${home}/roles`)
  await page.getByRole('link', { name: 'New role' }).click()
  await arrived(page)
  faults.expect(/status of 422/)
  await page.getByRole('button', { name: 'Save the role' }).click()
  await expect(field(page, 'Name of the role')).toHaveAttribute('aria-invalid', 'true')
  await arrived(page)
  await field(page, 'Name of the role').fill(title)
  await page.getByRole('checkbox', { name: 'Read the audit log' }).check()
  await page.getByRole('button', { name: 'Save the role' }).click()
  await expect(toast(page)).toContainText('The role is made.')
  const role = page.getByRole('region', { name: 'Your own roles' }).getByRole('listitem').filter({ has: page.getByRole('heading', { name: title }) })
  await expect(role.getByRole('listitem')).toHaveText(['Read the audit log'])

  await page.goto(`${home}/team`)
  await changeRole(page, who, { label: title })
  await guest.goto(`${home}/audit`)
  await expect(heading(guest, 'Audit log')).toBeVisible()
  await expect(places(guest)).toHaveText(['Home', 'Audit log', 'Your sign-in'])

  await page.goto(`${home}/roles`)
  await arrived(page)
  await page.getByRole('link', { name: `Change the role ${title}` }).click()
  await expect(page.getByRole('checkbox', { name: 'Read the audit log' })).toBeChecked()
  await arrived(page)
  await page.getByRole('checkbox', { name: 'See the team' }).check()
  await page.getByRole('button', { name: 'Save the role' }).click()
  await expect(toast(page)).toContainText('The role is saved.')
  await guest.goto(`${home}/team`)
  await expect(heading(guest, 'Team')).toBeVisible()
  await expect(guest.getByRole('button', { name: 'Send the invitation' })).toHaveCount(0)
  await expect(guest.getByRole('combobox')).toHaveCount(0)

  const remove = async () => {
    await arrived(page)
    await role.locator('summary').click()
    await role.getByRole('button', { name: 'Remove the role' }).click()
  }
  faults.expect(/status of 409/)
  await remove()
  await expect(page.getByText('is in use. Give its members another role first.')).toBeVisible()
  await page.goto(`${home}/team`)
  await changeRole(page, who, 'viewer')
  await page.goto(`${home}/roles`)
  await remove()
  await expect(toast(page)).toContainText('The role is removed.')
  await expect(role).toHaveCount(0)
})

test('a manager cannot make an owner, nor change one', async ({ page }) => {
  await signIn(page, home, { email: `manager@${shop.slug}.test`, password: demo })
  await page.goto(`${home}/team`)
  await expect(field(page, 'Role').getByRole('option', { name: 'Owner' })).toHaveCount(0)
  await expect(field(page, 'Role').getByRole('option', { name: 'Staff' })).toHaveCount(1)
  await expect(member(page, owner).getByRole('combobox')).toHaveCount(0)
  await expect(member(page, owner).getByText('Remove')).toHaveCount(0)
  await expect(page.getByRole('region', { name: 'Ownership' })).toHaveCount(0)
})

test('an owner hands the shop over and stays as a manager', async ({ page, visitor }) => {
  const heir = await visitor()
  const before = await hire(page, shop, 'owner', somebody('Mary Jackson'))
  const after = await hire(heir, shop, 'staff', somebody('Dorothy Vaughan'))
  await page.goto(`${home}/team`)
  await arrived(page)
  const ownership = page.getByRole('region', { name: 'Ownership' })
  await ownership.locator('summary').click()
  await field(page, 'The new owner').selectOption({ label: after.name })
  await page.getByRole('button', { name: 'Hand over the ownership' }).click()
  await expect(toast(page)).toContainText('The ownership is handed over.')
  await expect(member(page, before)).toContainText('Manager')
  await expect(member(page, after)).toContainText('Owner')
  await expect(ownership).toHaveCount(0)
  for (const who of [before, after]) await mail(page, who.email, `${shop.name} has a new owner`)
  await heir.goto(`${home}/team`)
  await expect(heir.getByRole('region', { name: 'Ownership' })).toBeVisible()

  // Both go, so that the shop is as it was.
  for (const each of [page, heir]) {
    await each.goto(`${home}/team`)
    await arrived(each)
    await each.getByRole('region', { name: 'Leave the team' }).locator('summary').click()
    await each.getByRole('button', { name: 'Leave for good' }).click()
    await expect(each.getByText('You have left the team.')).toBeVisible()
  }
})

test('the last owner cannot leave', async ({ page, faults }) => {
  await signIn(page, desk(third), { email: `owner@${third.slug}.test`, password: demo })
  await page.goto(`${desk(third)}/team`)
  await arrived(page)
  await page.getByRole('region', { name: 'Leave the team' }).locator('summary').click()
  faults.expect(/status of 409/)
  await page.getByRole('button', { name: 'Leave for good' }).click()
  await expect(page.getByText('A shop needs an owner. Hand over the ownership first.')).toBeVisible()
  await page.goto(`${desk(third)}/team`)
  await expect(heading(page, 'Team')).toBeVisible()
})

test("a member's password is chosen anew by mail, and their second factor is asked for", async ({ page, visitor }) => {
  const who = await hire(page, shop, 'staff')
  const { recovery } = await setUpFactor(page, home)
  const guest = await visitor()
  await guest.goto(`${home}/account/sign-in`)
  await guest.getByRole('link', { name: 'Forgotten your password?' }).click()
  await arrived(guest)
  await field(guest, 'E-mail address').fill(who.email)
  await guest.getByRole('button', { name: 'Send the link' }).click()
  await expect(heading(guest, 'Look into your mail')).toBeVisible()
  // A user belongs to no shop, so the mail is the platform's.
  await guest.goto(await letter(guest, who.email, 'Choose a new password for Orion'))
  await arrived(guest)
  await field(guest, 'Password').fill('amber kettle evening')
  await guest.getByRole('button', { name: 'Change the password' }).click()
  await expect(enter(guest)).toBeVisible()
  await fillSignIn(guest, who, 'amber kettle evening')
  await expect(heading(guest, 'One more step')).toBeVisible()
  await arrived(guest)
  await field(guest, 'Code').fill(recovery[0])
  await guest.getByRole('main').getByRole('button', { name: 'Continue' }).click()
  await expect(places(guest)).toHaveText(['Home', 'Your sign-in'])
  await page.goto(home)
  await expect(heading(page, 'Sign in to the dashboard')).toBeVisible()
})
