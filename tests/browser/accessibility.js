import AxeBuilder from '@axe-core/playwright'
import { expect } from './storefront.js'

export const wide = { width: 1440, height: 900 }
export const phone = { width: 390, height: 844 }
const narrowest = { width: 320, height: 640 }

/** For every test that looks: motion is off, so that nothing is looked at half faded in. */
export const still = { viewport: wide, contextOptions: { reducedMotion: 'reduce' } }

/**
 * What is on the screen breaks no rule of axe, wide and on a phone, in light and dark, and does not scroll sideways in
 * the narrowest window. In the dark only the rules about colour can answer otherwise.
 */
export async function expectAccessible(page) {
  await page.waitForLoadState()
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme })
    for (const size of [wide, phone]) {
      await page.setViewportSize(size)
      const axe = new AxeBuilder({ page }).setLegacyMode()
      if (colorScheme === 'dark') axe.withRules(['color-contrast', 'link-in-text-block'])
      const { violations } = await axe.analyze()
      const found = violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map(({ html, failureSummary }) => `${html.slice(0, 200)} ${failureSummary}`) }))
      expect(found, `${new URL(page.url()).pathname}, ${size.width} px, ${colorScheme}`).toEqual([])
    }
  }
  await page.setViewportSize(narrowest)
  const overhang = await page.evaluate(() => {
    const { clientWidth } = document.documentElement
    if (Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) <= clientWidth) return []
    return [...document.querySelectorAll('body *')].filter((element) => element.getBoundingClientRect().right > clientWidth + 1).map((element) => element.outerHTML.slice(0, 120))
  })
  expect(overhang.slice(0, 5), `what sticks out of ${narrowest.width} px`).toEqual([])
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize(wide)
}
