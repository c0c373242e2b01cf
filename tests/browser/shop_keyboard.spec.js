import { arrived, badge, beginning, drawer, expect, orderNumber, test, text, total } from './storefront.js'
import { expectSeen, tabTo } from './keyboard.js'
import { shelf, varied } from './shelves.js'
import { at, shops } from './shops.js'

for (const shop of shops) {
  test(`${shop.name}: buy with the keyboard only`, async ({ page }) => {
    await page.goto(at(shop))
    const product = varied(shop)

    // The skip link is the first stop.
    await page.keyboard.press('Tab')
    await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused()
    await expectSeen(page)
    await page.keyboard.press('Enter')
    await expect(page.locator('main')).toBeFocused()

    // Search for the product, and choose it among the suggestions.
    await tabTo(page, page.getByRole('banner').getByRole('button', { name: 'Search' }), 'Shift+Tab')
    await page.keyboard.press('Enter')
    await expect(page.locator('#search-input')).toBeFocused()
    await page.keyboard.type(product.title)
    const option = page.getByRole('option', { name: beginning(product.title) }).first()
    await expect(option).toBeVisible()
    await expect(page.getByRole('option').last()).toHaveText(`All results for “${product.title}”`)
    do await page.keyboard.press('ArrowDown')
    while (await option.getAttribute('aria-selected') !== 'true')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { level: 1, name: product.title, exact: true })).toBeVisible()
    await arrived(page)

    // Arrow keys choose among the values of an option; the focus stays on what was chosen.
    const radios = page.locator('#product-picker').getByRole('radio')
    const chosen = radios.and(page.locator(':checked')).first()
    await tabTo(page, chosen)
    const value = await chosen.getAttribute('value')
    await page.keyboard.press('ArrowRight')
    await expect(chosen).not.toHaveAttribute('value', value)
    await expect(page).toHaveURL(/variant=/)
    await expect(chosen).toBeFocused()
    await expectSeen(page)
    await page.keyboard.press('ArrowLeft')
    await expect(chosen).toHaveAttribute('value', value)

    // The drawer takes the focus, keeps it, and gives it back.
    const add = page.getByRole('button', { name: 'Add to cart' })
    await tabTo(page, add)
    await page.keyboard.press('Enter')
    await expect(drawer(page).getByRole('heading', { name: /^Cart/ })).toBeFocused()
    for (let i = 0; i < 12; i++) {
      await page.keyboard.press('Tab')
      expect(await page.evaluate(() => document.activeElement === document.body || document.activeElement.closest('dialog') !== null)).toBe(true)
    }
    await page.keyboard.press('Escape')
    await expect(add).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(badge(page)).toHaveText(/2/)

    // One of the two is taken out again.
    await tabTo(page, drawer(page).getByRole('button', { name: 'One less' }))
    await page.keyboard.press('Space')
    await expect(badge(page)).toHaveText(/1/)
    await expect(drawer(page).getByRole('button', { name: 'One less' })).toBeFocused()
    await tabTo(page, drawer(page).getByRole('link', { name: 'Check out' }))
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { level: 1, name: 'Checkout' })).toBeVisible()
    await arrived(page)

    const typed = { 'E-mail': 'ada@example.com', 'Full name': 'Ada Byron', 'Street and number': 'Main Street 12', Postcode: postcodes[shop.slug], City: 'Hudson' }
    for (const [label, words] of Object.entries(typed)) {
      await tabTo(page, text(page, label))
      await page.keyboard.type(words)
    }
    const region = text(page, 'State or region')
    await tabTo(page, region)
    if (await region.getAttribute('required') !== null) await page.keyboard.type('NY')
    await tabTo(page, page.getByRole('group', { name: 'Delivery' }).getByRole('radio', { checked: true }))
    const amount = await total(page).textContent()
    await page.keyboard.press('ArrowDown')
    await expect(total(page)).not.toHaveText(amount)
    await page.keyboard.press('ArrowUp')
    await expect(total(page)).toHaveText(amount)
    await tabTo(page, page.getByRole('group', { name: 'Payment' }).getByRole('radio', { checked: true }))
    await tabTo(page, page.getByRole('button', { name: 'Place order' }))
    await page.keyboard.press('Enter')
    expect(await orderNumber(page)).toMatch(/\d/)
    await expect(page.getByRole('link', { name: product.title, exact: true })).toBeVisible()
  })
}

const postcodes = { kaffa: '04229', bloom: 'SW1A 1AA', atelier: '12534' }

const [shop] = shops

test('every stop of a list can be seen, filters and sort included', async ({ page }) => {
  await page.goto(at(shop, '/products'))
  const box = page.locator('#filters').getByRole('checkbox', { disabled: false }).first()
  await tabTo(page, box)
  await page.keyboard.press('Space')
  await expect(box).toBeChecked()
  await expect(page).toHaveURL(/option\./)
  await expect(box).toBeFocused()
  await tabTo(page, page.getByRole('link', { name: /^Remove filter/ }))
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(at(shop, '/products'))
  // What had the focus is gone: the list's heading has it now, and Tab goes on from there.
  await expect(page.locator('#results-heading')).toBeFocused()
  await tabTo(page, page.getByLabel('Sort by'))
  await tabTo(page, page.getByRole('link', { name: 'Load more' }))
  const shown = await page.locator('#results').getByRole('article').count()
  await page.keyboard.press('Enter')
  await expect(page.locator('#results').getByRole('article').nth(shown).getByRole('link')).toBeFocused()
  await expectSeen(page)
  expect(shelf(shop).length).toBeGreaterThan(shown)
})

test('removing the focused line of a cart leaves the focus in the cart', async ({ page }) => {
  const [one, two] = shelf(shop).filter(({ offers }) => offers[0].stock === 'InStock')
  for (const product of [one, two]) {
    await page.goto(at(shop, product.path))
    await page.getByRole('button', { name: 'Add to cart' }).press('Enter')
    await expect(drawer(page)).toBeVisible()
  }
  await tabTo(page, drawer(page).getByRole('button', { name: `Remove ${one.title}` }))
  await page.keyboard.press('Enter')
  await expect(badge(page)).toHaveText(/1/)
  await expect.poll(() => page.evaluate(() => document.activeElement.closest('#cart-lines') !== null)).toBe(true)
  await tabTo(page, page.locator('#toasts').getByRole('button', { name: 'Undo' }))
  await page.keyboard.press('Enter')
  await expect(badge(page)).toHaveText(/2/)
})
