import { addToCart, badge, beginning, drawer, expect, test, toast } from './storefront.js'
import { plenty, shelf, soldOut, varied } from './shelves.js'
import { at, shops, waysInto } from './shops.js'

const picked = (page) => page.locator('#product-picker')
const price = (page) => picked(page).locator('.price-now').first()
const stock = (page) => picked(page).getByRole('status')
const picture = (page) => page.locator('#product-gallery [data-main]')

/** An amount of a shop's prices, as a page writes it: 1290.00 may be "€1,290.00" or "1.290,00 €". */
const amount = (decimal) => new RegExp(decimal.replace('.', '[.,]').replace(/^(\d+)(?=\d{3}[[])/, '$1[.,\\s]?'))

/** Chooses a value of an option by its label, as a person does. */
async function choose(page, option, value) {
  await page.getByRole('group', { name: option }).locator('label').filter({ hasText: beginning(value) }).click()
}

/** The options of the product on the page: [{ field, name, values }]. */
const options = (page) => picked(page).locator('form').getByRole('group').evaluateAll((groups) => groups.map((group) => ({
  field: group.querySelector('input').name, name: group.querySelector('input').name.replace('option.', ''),
  values: [...group.querySelectorAll('input')].map((input) => input.value),
})))

/** The variant's values, option by option: "250 g / Filter". */
const values = (offer) => offer.name.split(' / ')

for (const shop of shops) {
  test.describe(shop.name, () => {
    test('choosing options swaps price, stock and item number, gives the variant its address, and Back restores', async ({ page }) => {
      const product = varied(shop)
      const inStock = product.offers.filter((offer) => offer.stock === 'InStock')
      const from = inStock[0]
      // One that differs in a single option and in its price.
      const to = inStock.find((offer) => offer.price !== from.price && values(offer).filter((value, i) => value !== values(from)[i]).length === 1)
      const changed = values(to).findIndex((value, i) => value !== values(from)[i])

      await page.goto(at(shop, from.path))
      await page.evaluate(() => { document.body.dataset.mark = 'here' })
      await expect(price(page)).toHaveText(amount(from.price))
      const number = await picked(page).getByText(/^Item no\./).textContent()
      const option = (await options(page))[changed]

      await choose(page, option.name, values(to)[changed])
      await expect(page).toHaveURL(at(shop, to.path))
      await expect(price(page)).toHaveText(amount(to.price))
      await expect(stock(page)).toHaveText('In stock')
      await expect(picked(page).getByText(/^Item no\./)).not.toHaveText(number)
      await expect(page.getByRole('radio', { name: values(to)[changed] }).and(page.locator(`[name="${option.field}"]`)).first()).toBeChecked()
      await expect(page.locator('body')).toHaveAttribute('data-mark', 'here')

      await page.goBack()
      await expect(page).toHaveURL(at(shop, from.path))
      await expect(price(page)).toHaveText(amount(from.price))
      await expect(picked(page).getByText(/^Item no\./)).toHaveText(number)

      await page.goto(at(shop, to.path))
      await expect(price(page)).toHaveText(amount(to.price))
      await addToCart(page)
      await expect(drawer(page)).toContainText(to.name)
    })

    test('an option with pictures of its own swaps the picture', async ({ page }) => {
      const product = await withPictures(page, shop)
      await page.goto(at(shop, product.path))
      const before = await picture(page).getAttribute('src')
      const alt = await picture(page).getAttribute('alt')
      await choose(page, product.option, product.value)
      await expect(picture(page)).not.toHaveAttribute('src', before)
      await expect(picture(page)).not.toHaveAttribute('alt', alt)
      await expect.poll(() => picture(page).evaluate((img) => img.complete && img.naturalWidth)).toBeGreaterThan(0)
    })

    test('every picture of the product can be seen large', async ({ page }) => {
      const product = shelf(shop).find(({ offers }) => offers[0].stock === 'InStock')
      await page.goto(at(shop, product.path))
      const { image } = JSON.parse(await page.locator('script[type="application/ld+json"]').textContent())
      const pictures = image.map((address) => new URL(address).pathname)
      expect(pictures.length).toBeGreaterThan(1)
      const thumbs = page.getByRole('list', { name: 'Pictures' }).getByRole('link')
      for (const [n, address] of pictures.entries()) {
        // A theme shows the pictures one at a time, or all below each other.
        if (await thumbs.count()) await thumbs.nth(n).click()
        const large = page.locator('#product-gallery figure img, #product-gallery [data-main]').and(page.locator(`[src="${address}"]`))
        await large.scrollIntoViewIfNeeded()
        await expect.poll(() => large.evaluate((img) => img.complete && img.naturalWidth > 0 && img.clientWidth)).toBeGreaterThan(300)
        if (await thumbs.count()) await expect(thumbs.nth(n)).toHaveAttribute('aria-current', 'true')
      }
    })

    test('what is sold out says so and cannot be bought', async ({ page }) => {
      const gone = soldOut(shop)
      await page.goto(at(shop, gone.path))
      await expect(stock(page)).toHaveText('Sold out')
      await expect(picked(page).getByRole('button', { name: 'Sold out' })).toBeDisabled()
      await expect(page.getByRole('button', { name: 'Add to cart' })).toHaveCount(0)

      // Somebody who presses a button that was there a moment ago gets a word, and an unchanged cart.
      await page.goto(at(shop, plenty(shop).path))
      await page.locator('.product-add input[name=variant]').evaluate((input, path) => { input.value = new URL(path, location.href).searchParams.get('variant') }, gone.path)
      await addToCart(page)
      await expect(toast(page)).toContainText('This has just sold out. Your cart is unchanged.')
      await expect(drawer(page).getByRole('heading', { name: 'Your cart is empty' })).toBeVisible()
      await expect(badge(page)).toBeHidden()
    })

    test('the quantity goes up and down by its buttons and into the cart', async ({ page }) => {
      const offer = plenty(shop, 1)
      await page.goto(at(shop, offer.path))
      const quantity = page.getByRole('spinbutton', { name: 'Quantity' })
      await page.getByRole('button', { name: 'One less' }).click()
      await expect(quantity).toHaveValue('1')
      await page.getByRole('button', { name: 'One more' }).click()
      await page.getByRole('button', { name: 'One more' }).click()
      await expect(quantity).toHaveValue('3')
      await page.getByRole('button', { name: 'One less' }).click()
      await expect(quantity).toHaveValue('2')
      await addToCart(page)
      await expect(badge(page)).toContainText('2')
      await expect(drawer(page).getByRole('spinbutton')).toHaveValue('2')
    })

    test('machines can read the product: structured data, canonical address, Open Graph', async ({ page }) => {
      const product = varied(shop)
      const offer = product.offers.find(({ stock }) => stock === 'InStock')
      await page.goto(at(shop, offer.path))
      const data = JSON.parse(await page.locator('script[type="application/ld+json"]').textContent())
      expect(data).toMatchObject({ '@type': 'Product', name: product.title })
      expect(data.offers).toHaveLength(product.offers.length)
      expect(data.offers[0]).toMatchObject({ '@type': 'Offer', priceCurrency: expect.stringMatching(/^[A-Z]{3}$/) })
      expect(new URL(await page.locator('link[rel=canonical]').getAttribute('href')).pathname).toBe(product.path)
      const property = (name) => page.locator(`meta[property="${name}"]`).getAttribute('content')
      expect(await property('og:type')).toBe('product')
      expect(await property('og:title')).toContain(product.title)
      expect(await property('product:price:amount')).toBe(offer.price)
      const image = new URL(await property('og:image'))
      expect((await page.request.get(image.pathname)).headers()['content-type']).toMatch(/^image\//)
    })

    test('a product leads to others of the shop', async ({ page }) => {
      await page.goto(at(shop, plenty(shop).path))
      const related = page.getByRole('region', { name: 'Goes well with this' }).getByRole('article')
      expect(await related.count()).toBeGreaterThan(1)
      const title = (await related.first().getByRole('heading').textContent()).trim()
      expect(shelf(shop).map((p) => p.title)).toContain(title)
      await related.first().getByRole('link', { name: title }).click()
      await expect(page.getByRole('heading', { level: 1, name: title, exact: true })).toBeVisible()
    })
  })
}

/** A product whose picture depends on an option, with a value that is in stock and not the one shown first. */
async function withPictures(page, shop) {
  for (const product of shelf(shop)) {
    if (product.offers.length < 2 || product.offers[0].stock !== 'InStock') continue
    const shown = async (path) => (await page.request.get(waysInto(shop).path + path)).text()
    const html = await shown(product.path)
    if (!html.includes('option-swatches')) continue
    for (const offer of product.offers.slice(1)) {
      if (offer.stock === 'OutOfStock') continue
      const other = await shown(offer.path)
      const main = (text) => /<img[^>]*src="([^"]+)"[^>]*data-main/.exec(text)?.[1]
      const differing = values(offer).findIndex((value, i) => value !== values(product.offers[0])[i])
      const single = values(offer).filter((value, i) => value !== values(product.offers[0])[i]).length === 1
      if (single && main(html) !== main(other)) {
        const names = [...other.matchAll(/<fieldset class="option">\s*<legend>([^<]+)/g)].map(([, name]) => name)
        return { path: product.offers[0].path, option: names[differing], value: values(offer)[differing] }
      }
    }
  }
  throw new Error(`${shop.name} has no product whose picture depends on an option`)
}
