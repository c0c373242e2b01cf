import { createHmac, randomUUID } from 'node:crypto'
import { request } from '@playwright/test'
import { arrived, expect } from './storefront.js'
import { waysInto } from './shops.js'
import { port } from './port.js'

const platform = `http://localhost:${port}`

/** The password of every demo account. */
export const demo = 'orion-demo'

/** A password that nobody refuses. */
export const password = 'violet kettle morning'

/** The first page of a shop's dashboard, on the platform's host. */
export const desk = (shop) => `${platform}/vendor/${shop.slug}`

/** The first page of the administration. */
export const admin = `${platform}/admin`

/** Somebody whom nobody else in these tests is. */
export function somebody(name = 'Grace Hopper') {
  return { name, email: `${name.split(' ')[0].toLowerCase()}-${randomUUID().slice(0, 8)}@example.test`, password }
}

/** The field of a page with a label. The sheet of the header has some of the same names. */
export const field = (page, label) => page.getByRole('main').getByLabel(label, { exact: true })

/** The dialog of the header with which customers sign in. */
export const sheet = (page) => page.getByRole('dialog', { name: 'Sign in' })

/** The first heading of the page. */
export const heading = (page, name) => page.getByRole('heading', { level: 1, name, exact: true })

/** The button that signs in, of the page and not of the sheet. */
export const enter = (page) => page.getByRole('main').getByRole('button', { name: 'Sign in', exact: true })

/** Fills in the sign-in page that is open, and sends it. */
export async function fillSignIn(page, who, secret = who.password) {
  await arrived(page)
  await field(page, 'E-mail address').fill(who.email)
  await field(page, 'Password').fill(secret)
  await enter(page).click()
}

/** Signs in on the sign-in page below an address: a shop's, a dashboard's or the administration's. */
export async function signIn(page, base, who, secret = who.password) {
  await page.goto(`${base}/account/sign-in`)
  await fillSignIn(page, who, secret)
  await expect(page).not.toHaveURL(/\/account\/sign-in/)
  await arrived(page)
}

/** Fills in the form for a new account that is open, and sends it. */
export async function fillRegistration(page, who) {
  await arrived(page)
  await field(page, 'Your name').fill(who.name)
  await field(page, 'E-mail address').fill(who.email)
  await field(page, 'Password').fill(who.password)
  await page.getByRole('button', { name: 'Create the account' }).click()
}

/** Makes a customer of a shop by its path; the page's browser is signed in there. */
export async function join(page, shop, who = somebody()) {
  await send(page.request, `${waysInto(shop).path}/account/registration`, who)
  return who
}

/** Confirms the address of a customer who is signed in, by the mail that was sent to it. */
export async function confirm(page, shop, who) {
  await send(page.request, await letter(page, who.email, `Confirm your e-mail address for ${shop.name}`), {})
}

/** Makes a member of a shop's team; the page's browser is signed in to the dashboards of the platform's host. */
export async function hire(page, shop, role, who = somebody()) {
  const owner = await request.newContext()
  await send(owner, `${desk(shop)}/account/sign-in`, { email: `owner@${shop.slug}.test`, password: demo })
  await send(owner, `${desk(shop)}/team/invitations`, { email: who.email, role })
  await owner.dispose()
  await send(page.request, await letter(page, who.email, `You are invited to the team of ${shop.name}`), who)
  return who
}

/** Sends a form as a page without scripts does. */
async function send(client, address, form) {
  const answer = await client.post(address, { form })
  expect(answer.ok(), `${address} answered ${answer.status()}`).toBe(true)
}

/**
 * Waits for the mail to somebody with a subject, until there are so many of them, and gives back the address of the
 * latest one in the developers' list. Mail is sent in the background.
 */
export async function mail(page, email, subject, count = 1) {
  let found = []
  await expect.poll(async () => {
    found = (await sent(page, email)).filter((one) => one.subject === subject)
    return found.length
  }, { message: `mail “${subject}” to ${email}`, timeout: 20_000 }).toBeGreaterThanOrEqual(count)
  return found[0].address
}

/** The link in such a mail. */
export async function letter(page, email, subject, count) {
  const address = await mail(page, email, subject, count)
  const text = await (await page.request.get(platform + address)).text()
  return unescaped(/<p class="prose[^>]*>.*?<a href="([^"]+)"/s.exec(text)[1])
}

/** Every mail to somebody, newest first: { subject, address }. */
async function sent(page, email) {
  const list = await (await page.request.get(`${platform}/dev/mail`)).text()
  return list.split('<li class="facts">').slice(1).map(unescaped).filter((row) => row.includes(email)).map((row) => {
    const [, address, subject] = /href="(\/dev\/mail\/\d+)"[^>]*>([^<]+)</.exec(row)
    return { address, subject }
  })
}

const entities = { '&lt;': '<', '&gt;': '>', '&amp;': '&', '&#34;': '"', '&#39;': "'", '&#43;': '+' }
const unescaped = (html) => html.replace(/&(?:lt|gt|amp|#34|#39|#43);/g, (entity) => entities[entity])

/** The code of an authenticator app (RFC 6238), some steps of 30 seconds from now. Every code is good for one use. */
export function code(secret, steps = 0) {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps))
  const digest = createHmac('sha1', fromBase32(secret)).update(counter).digest()
  const number = digest.readUInt32BE(digest.at(-1) & 15) & 0x7fffffff
  return String(number % 1_000_000).padStart(6, '0')
}

function fromBase32(text) {
  const bits = [...text.replaceAll(/[\s=]/g, '')].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)))
}

/**
 * Sets up the second factor on the security page below an address, where somebody is signed in, and looks at the
 * recovery codes. Gives back the app's secret and the codes; the app's code of the step before this one is used up.
 */
export async function setUpFactor(page, base, look) {
  await page.goto(`${base}/account/security`)
  await arrived(page)
  await page.getByRole('link', { name: 'Set up a second factor' }).click()
  await expect(heading(page, 'Set up a second factor')).toBeVisible()
  return confirmFactor(page, look)
}

/** Enters the first code on the page that shows the app's secret. */
export async function confirmFactor(page, look = async () => {}) {
  await arrived(page)
  const secret = await page.locator('.enrolment-key .secret').textContent()
  await field(page, 'Code').fill(code(secret, -1))
  await page.getByRole('button', { name: 'Switch it on' }).click()
  await expect(heading(page, 'Keep these recovery codes')).toBeVisible()
  const recovery = await page.locator('.recovery-codes .secret').allTextContents()
  await look(page)
  await page.getByRole('link', { name: 'I have kept them' }).click()
  await expect(heading(page, 'Sign-in and security')).toBeVisible()
  return { secret, recovery }
}
