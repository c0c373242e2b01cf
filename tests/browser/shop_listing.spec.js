import { arrived, expect, test } from './storefront.js'
import { shelf } from './shelves.js'
import { at, shops } from './shops.js'

const cards = (page) => page.locator('#results').getByRole('article')
const titles = (page) => page.locator('#results').getByRole('heading').allTextContents()
const count = (page) => page.locator('#results-heading')
const sort = (page) => page.getByLabel('Sort by')

/** Where the browser is, as the address says it, without the host. */
const query = (page) => new URL(page.url()).search

/** A mark on the page that only a page load removes. */
const mark = (page) => page.evaluate(() => { document.body.dataset.mark = 'here' })
const marked = (page) => expect(page.locator('body')).toHaveAttribute('data-mark', 'here')

/** The nth value of an option that narrows the list: its checkbox and how many products it leaves. */
async function facet(page, n = 0) {
  const box = page.locator('#filters').getByRole('checkbox', { disabled: false }).and(page.locator('[name^="option."]')).nth(n)
  return { box, left: await box.evaluate((input) => parseInt(input.labels[0].querySelector('.sr-only').textContent)) }
}

for (const shop of shops) {
  test.describe(shop.name, () => {
    test('a filter changes the list and the address, and Back and reload keep both', async ({ page }) => {
      await page.goto(at(shop, '/products'))
      await mark(page)
      const all = await count(page).textContent()
      const { box, left } = await facet(page)

      await box.check()
      await expect(count(page)).toHaveText(new RegExp(`^${left} product`))
      await expect(page).toHaveURL(/\?option\./)
      await expect(box).toBeFocused()
      const narrowed = query(page)

      await page.locator('#filter-stock').check()
      await expect(page).toHaveURL(/in_stock=1/)
      await expect(page.getByRole('list', { name: 'Filters that are on' }).getByRole('listitem')).toHaveCount(3)
      await marked(page)

      await page.goBack()
      await expect(count(page)).toHaveText(new RegExp(`^${left} product`))
      expect(query(page)).toBe(narrowed)
      await expect(page.locator('#filter-stock')).not.toBeChecked()
      await expect(box).toBeChecked()

      await page.reload()
      await expect(count(page)).toHaveText(new RegExp(`^${left} product`))
      await expect(box).toBeChecked()

      await page.goBack()
      await expect(count(page)).toHaveText(all)
      await expect(box).not.toBeChecked()
    })

    test('filters that are on can be taken off one by one and all at once', async ({ page }) => {
      await page.goto(at(shop, '/products'))
      const all = await count(page).textContent()
      const { box, left } = await facet(page, 1)
      await box.check()
      await expect(count(page)).toHaveText(new RegExp(`^${left} product`))
      await page.locator('#filter-stock').check()
      const on = page.getByRole('list', { name: 'Filters that are on' })
      await expect(on.getByRole('link')).toHaveCount(3)

      await on.getByRole('link', { name: 'Remove filter In stock' }).click()
      await expect(count(page)).toHaveText(new RegExp(`^${left} product`))
      await expect(page.locator('#filter-stock')).not.toBeChecked()
      await expect(box).toBeChecked()

      await on.getByRole('link', { name: 'Clear all' }).click()
      await expect(count(page)).toHaveText(all)
      await expect(box).not.toBeChecked()
      await expect(on).toHaveCount(0)
      expect(query(page)).toBe('')
    })

    test('the list sorts by price, and says so in its address', async ({ page }) => {
      await page.goto(at(shop, '/products'))
      await mark(page)
      const lowest = (product) => Math.min(...product.offers.map((offer) => Number(offer.price)))
      const prices = shelf(shop).map(lowest).sort((a, b) => a - b)
      const shown = () => page.locator('#results .price-now').allTextContents()
        .then((all) => all.map((price) => Number(price.replace(/[^\d.,]/g, '').replace(/[,.](?=\d{3})/g, '').replace(',', '.'))))

      await sort(page).selectOption({ label: 'Price, low to high' })
      await expect(page).toHaveURL(/sort=price_asc/)
      await expect.poll(shown).toEqual(prices.slice(0, await cards(page).count()))

      await sort(page).selectOption({ label: 'Price, high to low' })
      await expect(page).toHaveURL(/sort=price_desc/)
      await expect.poll(shown).toEqual(prices.toReversed().slice(0, await cards(page).count()))
      await marked(page)

      await page.goBack()
      await expect(sort(page)).toHaveValue('price_asc')
      await expect.poll(shown).toEqual(prices.slice(0, await cards(page).count()))
    })

    test('a price range narrows the list, and what is no price changes nothing', async ({ page }) => {
      const prices = shelf(shop).map((p) => Math.min(...p.offers.map((offer) => Number(offer.price)))).sort((a, b) => a - b)
      const middle = prices[Math.floor(prices.length / 2)]
      await page.goto(at(shop, '/products'))
      const all = await count(page).textContent()
      await page.getByLabel('Highest price').fill(String(middle))
      await page.keyboard.press('Enter')
      await expect(page).toHaveURL(/price_max=/)
      await expect(count(page)).not.toHaveText(all)
      await expect(page.getByRole('link', { name: /Remove filter Up to/ })).toBeVisible()

      await page.getByLabel('Highest price').fill('cheap')
      await page.keyboard.press('Enter')
      await expect(count(page)).toHaveText(all)
    })

    test('"Load more" appends, keeps the focus in place, and its address brings the same cards back', async ({ page }) => {
      await page.goto(at(shop, '/products'))
      await mark(page)
      const first = await titles(page)
      const more = page.getByRole('link', { name: 'Load more' })
      await more.click()
      await expect(cards(page)).not.toHaveCount(first.length)
      await expect(page).toHaveURL(/page=2/)
      const both = await titles(page)
      expect(both.slice(0, first.length)).toEqual(first)
      expect(new Set(both).size).toBe(both.length)
      await expect(cards(page).nth(first.length).getByRole('link')).toBeFocused()
      await marked(page)

      await page.reload()
      expect(await titles(page)).toEqual(both)

      await cards(page).nth(first.length).getByRole('link').click()
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(both[first.length])
      await page.goBack()
      await expect(cards(page)).toHaveCount(both.length)
      await expect.poll(() => titles(page)).toEqual(both)
    })

    test('every product is reached by "Load more"', async ({ page }) => {
      await page.goto(at(shop, '/products?sort=title'))
      const more = page.getByRole('link', { name: 'Load more' })
      const total = shelf(shop).length
      for (let shown = await cards(page).count(); shown < total; shown = await cards(page).count()) {
        await more.click()
        await expect(cards(page)).not.toHaveCount(shown)
      }
      expect((await titles(page)).toSorted()).toEqual(shelf(shop).map((p) => p.title).toSorted())
      await expect(more).toHaveCount(0)
    })

    test('a category leads to narrower ones and back up by its breadcrumbs', async ({ page }) => {
      await page.goto(at(shop))
      const menu = page.getByRole('navigation', { name: 'Categories' })
      for (const name of await menu.getByRole('link').allTextContents()) {
        await menu.getByRole('link', { name, exact: true }).click()
        await expect(page.getByRole('heading', { level: 1, name, exact: true })).toBeVisible()
        await arrived(page)
        if (await page.getByRole('navigation', { name: 'Narrower categories' }).count()) break
      }
      const broad = await page.getByRole('heading', { level: 1 }).textContent()
      const chip = page.getByRole('navigation', { name: 'Narrower categories' }).getByRole('link').first()
      const narrow = (await chip.evaluate((link) => link.firstChild.textContent)).trim()
      await chip.click()
      await expect(page.getByRole('heading', { level: 1, name: narrow, exact: true })).toBeVisible()
      await expect(cards(page).first()).toBeVisible()
      await page.getByRole('navigation', { name: 'You are here' }).getByRole('link', { name: broad, exact: true }).click()
      await expect(page.getByRole('heading', { level: 1, name: broad, exact: true })).toBeVisible()
    })

    test('filters that match nothing say so and lead back', async ({ page }) => {
      await page.goto(at(shop, '/products?price_max=0.01'))
      await expect(page.getByRole('heading', { name: 'Nothing matches all of these filters' })).toBeVisible()
      await page.locator('.empty').getByRole('link', { name: 'Clear all' }).click()
      await expect(cards(page).first()).toBeVisible()
    })

    test.describe('on a phone', () => {
      test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })

      test('the filters open as a sheet, stay open while they are set, and show what they leave', async ({ page }) => {
        await page.goto(at(shop, '/products'))
        const sheet = page.locator('#filter-sheet')
        await expect(sheet).toBeHidden()
        await page.getByRole('button', { name: 'Filters' }).click()
        await expect(sheet).toBeVisible()
        const { box, left } = await facet(page)
        await box.check()
        await expect(sheet.getByRole('button', { name: new RegExp(`^Show ${left} product`) })).toBeVisible()
        await sheet.getByRole('button', { name: /^Show / }).click()
        await expect(sheet).toBeHidden()
        await expect(count(page)).toHaveText(new RegExp(`^${left} product`))
        await expect(page.getByRole('button', { name: 'Filters 1' })).toBeVisible()
      })

      test('the menu opens, leads to a category, and closes', async ({ page }) => {
        await page.goto(at(shop))
        const menu = page.getByRole('dialog', { name: 'Menu' })
        await expect(menu).toBeHidden()
        await page.getByRole('button', { name: 'Open the menu' }).click()
        await expect(menu).toBeVisible()
        await page.keyboard.press('Escape')
        await expect(menu).toBeHidden()
        await expect(page.getByRole('button', { name: 'Open the menu' })).toBeFocused()
        await page.getByRole('button', { name: 'Open the menu' }).click()
        await menu.getByRole('link', { name: 'All products' }).click()
        await expect(page.getByRole('heading', { level: 1, name: 'All products' })).toBeVisible()
        await arrived(page)
        await expect(menu).toBeHidden()
      })
    })
  })
}
