import { arrived, beginning, expect, test } from './storefront.js'
import { at, shops } from './shops.js'

// What a person types in each shop: the beginning of a product's title, a word with a slip, and a word with an accent
// that the catalogue does not write.
const words = {
  kaffa: { begun: 'ged', title: 'Gedeo', slip: 'ethopia', found: 'Gedeo', accented: 'gédeo' },
  bloom: { begun: 'monst', title: 'Monstera deliciosa', slip: 'monstrea', found: 'Monstera deliciosa', accented: 'pílea', plain: 'Pilea peperomioides' },
  atelier: { begun: 'amper', title: 'Ampersand', slip: 'triptich', found: 'Studio Triptych', accented: 'quìnce', plain: 'Quince Branch' },
}

const field = (page) => page.locator('#search-input')
const suggestions = (page) => page.getByRole('listbox', { name: 'Suggestions' })
const cards = (page) => page.locator('#results').getByRole('article')
const titles = (page) => page.locator('#results').getByRole('heading').allTextContents()

async function openSearch(page) {
  await page.getByRole('banner').getByRole('button', { name: 'Search' }).click()
  await expect(field(page)).toBeFocused()
}

for (const shop of shops) {
  const word = words[shop.slug]

  test.describe(shop.name, () => {
    test('suggestions come while typing, and arrow keys and Enter choose one', async ({ page }) => {
      await page.goto(at(shop))
      await openSearch(page)
      await expect(field(page)).toHaveAttribute('aria-expanded', 'false')
      await field(page).pressSequentially(word.begun)
      const option = suggestions(page).getByRole('option', { name: beginning(word.title) })
      await expect(option).toBeVisible()
      await expect(suggestions(page).getByRole('option').last()).toHaveText(`All results for “${word.begun}”`)
      await expect(field(page)).toHaveAttribute('aria-expanded', 'true')

      const count = await suggestions(page).getByRole('option').count()
      const place = await suggestions(page).getByRole('option').evaluateAll((all, title) => all.findIndex((one) => one.textContent.trim().startsWith(title)), word.title)
      for (let i = 0; i <= place; i++) await page.keyboard.press('ArrowDown')
      await expect(option).toHaveAttribute('aria-selected', 'true')
      await expect(field(page)).toHaveAttribute('aria-activedescendant', await option.getAttribute('id'))
      await expect(suggestions(page).getByRole('option', { selected: true })).toHaveCount(1)

      // Past the last one is the field again, and before it the last one.
      for (let i = place; i < count; i++) await page.keyboard.press('ArrowDown')
      await expect(field(page)).not.toHaveAttribute('aria-activedescendant')
      await page.keyboard.press('ArrowUp')
      await expect(suggestions(page).getByRole('option').last()).toHaveAttribute('aria-selected', 'true')

      for (let i = count - 1; i > place; i--) await page.keyboard.press('ArrowUp')
      await page.keyboard.press('Enter')
      await expect(page.getByRole('heading', { level: 1, name: word.title, exact: true })).toBeVisible()
    })

    test('a slip of the finger still finds', async ({ page }) => {
      await page.goto(at(shop))
      await openSearch(page)
      await field(page).pressSequentially(word.slip)
      await expect(suggestions(page).getByRole('option', { name: beginning(word.found) })).toBeVisible()
      await page.keyboard.press('Enter')
      await expect(page).toHaveURL(new RegExp(`/search\\?q=${word.slip}$`))
      await expect(page.getByRole('heading', { level: 1 })).toContainText(word.slip)
      await arrived(page)
      expect((await titles(page)).map((title) => title.trim())).toContain(word.found)
    })

    test('accents make no difference', async ({ page }) => {
      await page.goto(at(shop, `/search?q=${encodeURIComponent(word.accented)}`))
      expect((await titles(page)).map((title) => title.trim())).toContain(word.plain ?? word.found)
    })

    test('results are filtered and sorted for the same words', async ({ page }) => {
      await page.goto(at(shop, `/search?q=${word.slip}`))
      const all = await cards(page).count()
      await page.getByLabel('Sort by').selectOption({ label: 'Name, A to Z' })
      await expect(page).toHaveURL(/sort=title/)
      await expect.poll(async () => (await titles(page)).map((title) => title.trim().toLowerCase()).join())
        .toBe((await titles(page)).map((title) => title.trim().toLowerCase()).toSorted((a, b) => a.localeCompare(b, 'en')).join())
      await expect(cards(page)).toHaveCount(all)
      await page.locator('#filter-stock').check()
      await expect(page).toHaveURL(/in_stock=1/)
      expect(new URL(page.url()).searchParams.get('q')).toBe(word.slip)
      await expect(page.getByRole('heading', { level: 1 })).toContainText(word.slip)
    })
  })
}

test.describe('in one shop', () => {
  const [shop] = shops

  test('words that nothing is found for lead to something else', async ({ page }) => {
    await page.goto(at(shop))
    await openSearch(page)
    await field(page).pressSequentially('qqzzxv')
    await expect(page.getByText('Nothing found for “qqzzxv” yet.')).toBeVisible()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: 'Nothing found for “qqzzxv”' })).toBeVisible()
    await expect(page.getByRole('region', { name: 'Others look at these' }).getByRole('article').first()).toBeVisible()
    await page.locator('.empty').getByRole('link', { name: 'See all products' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'All products' })).toBeVisible()
  })

  test('markup in the words is text', async ({ page }) => {
    const words = '<img src=x onerror="document.title=1">\'"&{{.}}'
    await page.goto(at(shop))
    await openSearch(page)
    await field(page).fill(words)
    await expect(page.locator('#suggestions')).toContainText(words)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { level: 1 })).toContainText(words)
    await expect(page.getByRole('searchbox', { name: 'Search the shop' }).first()).toHaveValue(words)
    await expect(page.locator('img[src=x]')).toHaveCount(0)
  })

  test('the search closes by Escape and by its button, and gives the focus back', async ({ page }) => {
    await page.goto(at(shop))
    const opener = page.getByRole('banner').getByRole('button', { name: 'Search' })
    await openSearch(page)
    await page.getByRole('button', { name: 'Close the search' }).click()
    await expect(field(page)).toBeHidden()
    await openSearch(page)
    await page.keyboard.press('Escape')
    // A search field takes the first Escape for itself where something is typed in it.
    await expect(field(page)).toBeHidden()
    await expect(opener).toBeFocused()
  })

  test('a newer word wins over a slow older one', async ({ page }) => {
    let release
    const held = new Promise((resolve) => { release = resolve })
    await page.route(/suggestions\?q=gard$/, async (route) => {
      await held
      await route.continue().catch(() => {})
    })
    await page.goto(at(shop))
    await openSearch(page)
    const slow = page.waitForRequest(/suggestions\?q=gard$/)
    await field(page).fill('gard')
    await slow
    const { begun, title } = words[shop.slug]
    await field(page).fill(begun)
    const option = suggestions(page).getByRole('option', { name: beginning(title) })
    await expect(option).toBeVisible()
    // Nobody waits for the older answer any more, so it cannot come in between.
    await expect.poll(async () => (await slow).failure()?.errorText).toBe('net::ERR_ABORTED')
    release()
    await expect(page.locator('.suggestion-all')).toContainText(begun)
  })

  test('a late answer leaves the choice where it is, and typing on takes it back', async ({ page }) => {
    const { begun, title } = words[shop.slug]
    await page.goto(at(shop))
    await openSearch(page)
    await field(page).fill(begun)
    const option = suggestions(page).getByRole('option', { name: beginning(title) })
    await expect(option).toBeVisible()
    let release
    const held = new Promise((resolve) => { release = resolve })
    await page.route(new RegExp(`suggestions\\?q=${title}$`), async (route) => {
      await held
      await route.continue()
    })
    const asked = page.waitForRequest(new RegExp(`suggestions\\?q=${title}$`))
    await field(page).fill(title)
    await asked
    while (await option.getAttribute('aria-selected') !== 'true') await page.keyboard.press('ArrowDown')
    release()
    await expect(suggestions(page).getByRole('option').last()).toHaveText(`All results for “${title}”`)
    await expect(option).toHaveAttribute('aria-selected', 'true')
    await expect(field(page)).toHaveAttribute('aria-activedescendant', await option.getAttribute('id'))
    await page.keyboard.type('s')
    await expect(field(page)).not.toHaveAttribute('aria-activedescendant')
  })

  test.describe('without JavaScript', () => {
    test.use({ javaScriptEnabled: false })

    test('search from the header, and filter what was found', async ({ page }) => {
      const { slip, found } = words[shop.slug]
      await page.goto(at(shop))
      await page.getByRole('banner').getByRole('button', { name: 'Search' }).click()
      await field(page).fill(slip)
      await page.keyboard.press('Enter')
      await expect(page.getByRole('heading', { level: 1 })).toContainText(slip)
      await arrived(page)
      expect((await titles(page)).map((title) => title.trim())).toContain(found)
      await page.getByLabel('In stock').check()
      await page.getByRole('button', { name: 'Apply filters' }).click()
      await expect(page).toHaveURL(/in_stock=1/)
      expect(new URL(page.url()).searchParams.get('q')).toBe(slip)
    })
  })
})
