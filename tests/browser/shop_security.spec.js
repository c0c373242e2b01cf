import { addToCart, badge, drawer, expect, fillCheckout, placeOrder, test } from './storefront.js'
import { plenty } from './shelves.js'
import { at, shops, waysInto } from './shops.js'

const [first, second] = shops
const withDomain = shops.find(({ domain }) => domain)
const cookies = async (context) => (await context.cookies()).map(({ name, path, domain, httpOnly, sameSite }) => ({ name, path, domain, httpOnly, sameSite }))

test('every page answers with a policy that allows nothing inline and no foreign host', async ({ page, faults }) => {
  faults.expect(/status of 404/)
  for (const path of ['/', '/products', plenty(first).path, '/cart', '/search?q=x', '/orders', '/about', '/shipping', '/nothing-here']) {
    const policy = (await page.goto(at(first, path))).headers()['content-security-policy']
    const directives = Object.fromEntries(policy.split(';').map((directive) => directive.trim()).map((directive) => [directive.split(' ')[0], directive.split(' ').slice(1)]))
    expect(directives).toMatchObject({
      'default-src': ["'self'"], 'script-src': ["'self'"], 'style-src': ["'self'"], 'object-src': ["'none'"],
      'base-uri': ["'none'"], 'frame-ancestors': ["'none'"], 'form-action': ["'self'"],
    })
    expect(policy).not.toMatch(/unsafe|\*|https?:/)
  }
})

test('what is injected into a page does not run, and these tests would hear of it', async ({ page, faults }) => {
  await page.goto(at(first, '/'))
  faults.expect(/violation of the content security policy: script-src-elem by inline/)
  faults.expect(/violation of the content security policy: style-src/)
  faults.expect(/violation of the content security policy: img-src by http:\/\/evil\.test/)
  faults.expect(/^console: (?!violation).*Content Security Policy/)
  faults.expect(/^request: csp at http:\/\/evil\.test/)
  const ran = await page.evaluate(async () => {
    const script = document.createElement('script')
    script.textContent = 'window.ran = true'
    const style = document.createElement('style')
    style.textContent = 'body { display: none }'
    const image = document.createElement('img')
    image.src = 'http://evil.test/steal.png'
    const settled = new Promise((resolve) => { image.onerror = resolve })
    document.body.append(script, style, image)
    await settled
    return { script: Boolean(window.ran), hidden: getComputedStyle(document.body).display === 'none' }
  })
  expect(ran).toEqual({ script: false, hidden: false })
  await expect.poll(() => faults.missing()).toEqual([])
})

test('a page asks no other host for anything', async ({ page }) => {
  const hosts = new Set()
  page.on('request', (request) => hosts.add(new URL(request.url()).host))
  for (const path of ['/', '/products', plenty(first).path, '/cart', '/about']) await page.goto(at(first, path))
  expect([...hosts]).toEqual([new URL(at(first)).host])
})

for (const [way, path] of [['path', `/vendor/${withDomain.slug}`], ['subdomain', '/'], ['domain', '/']]) {
  test(`the cart's cookie by the ${way}: not for scripts, same site, for this shop only`, async ({ page, context }) => {
    const base = waysInto(withDomain)[way]
    await page.goto(base + plenty(withDomain, 18).path)
    expect(await cookies(context)).toEqual([])
    await addToCart(page)
    expect(await cookies(context)).toEqual([{
      name: 'orion-cart', path, domain: new URL(base).hostname, httpOnly: true, sameSite: 'Lax',
    }])
    expect(await page.evaluate(() => document.cookie)).toBe('')
  })
}

test('two shops on one host keep their carts apart', async ({ page, context }) => {
  const [one, two] = [first, second].map((shop) => ({ base: waysInto(shop).path, offer: plenty(shop, 18) }))
  await page.goto(one.base + one.offer.path)
  await addToCart(page)
  await page.goto(two.base)
  await expect(badge(page)).toBeHidden()
  await page.goto(two.base + two.offer.path)
  await page.getByRole('button', { name: 'One more' }).click()
  await addToCart(page)
  await expect(drawer(page).getByRole('link', { name: two.offer.title, exact: true })).toBeVisible()
  await expect(drawer(page).getByText(one.offer.title)).toHaveCount(0)
  expect((await cookies(context)).map(({ path }) => path).toSorted()).toEqual([first, second].map(({ slug }) => `/vendor/${slug}`).toSorted())

  await page.goto(two.base + '/checkout')
  await fillCheckout(page)
  await placeOrder(page)
  await page.goto(one.base + '/cart')
  await expect(badge(page)).toHaveText(/1/)
  await expect(page.locator('#cart-lines')).toContainText(one.offer.title)
})

test('a cookie of another shop, and one that was tampered with, is no cart', async ({ page, context }) => {
  const base = waysInto(first).path
  await page.goto(base + plenty(first, 18).path)
  await addToCart(page)
  const [cookie] = await context.cookies()
  const other = waysInto(second).path
  const pathname = `/vendor/${second.slug}`
  for (const value of [cookie.value, cookie.value.slice(0, -2) + 'xx', 'x'.repeat(3000), '%00%ff']) {
    await context.addCookies([{ ...cookie, path: pathname, value }])
    await page.goto(`${other}/cart`)
    await expect(page.getByRole('heading', { name: 'Your cart is empty' })).toBeVisible()
  }
})

test('another site cannot fill a cart', async ({ page, context, faults }) => {
  const target = at(first, '/cart/items')
  const variant = new URL(at(first, plenty(first, 18).path)).searchParams.get('variant')
  await page.route('http://evil.test/', (route) => route.fulfill({
    contentType: 'text/html', body: `<form method="post" action="${target}"><input name="variant" value="${variant}"><button>Win</button></form>`,
  }))
  await page.goto('http://evil.test/')
  faults.expect(/status of 403/)
  const answer = page.waitForResponse(target)
  await page.getByRole('button', { name: 'Win' }).click()
  expect((await answer).status()).toBe(403)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  expect(await context.cookies(at(first))).toEqual([])
})
