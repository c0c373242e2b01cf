import { expect } from './storefront.js'

/** Nobody reaches a thing by more presses of Tab than this. */
const patience = 120

/** The focus can be seen: inside the window, under nothing, with its outline. What slides or scrolls may arrive. */
export const expectSeen = (page) => expect.poll(() => faultOfFocus(page)).toBe('')

/** What is wrong with the place of the focus; '' for nothing. */
const faultOfFocus = (page) => page.evaluate(() => {
  const element = document.activeElement
  // The browser's own controls come after the last thing of the page, and the main part takes the focus to begin there.
  if (element === document.body || element.matches('main')) return ''
  const outlined = (node, pseudo) => {
    const style = getComputedStyle(node, pseudo)
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1
  }
  const label = element.labels?.[0]
  const around = [element, element.nextElementSibling, element.parentElement, label].filter(Boolean)
  const name = `${element.tagName} ${element.id} ${element.className} "${element.textContent.trim().slice(0, 40)}"`
  if (!around.some((node) => outlined(node) || outlined(node, '::after'))) return `${name} has no visible focus`

  const hidden = element.getBoundingClientRect().width <= 1 || getComputedStyle(element).opacity === '0'
  const box = (hidden && label ? label : element).getBoundingClientRect()
  const x = Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1)
  const y = box.top + Math.min(box.height / 2, 40)
  if (y < 0 || y > innerHeight || box.right <= 0 || box.left >= innerWidth) return `${name} is outside the window`
  const top = document.elementFromPoint(x, y)
  const owners = [element, label, element.closest('article, li, label')].filter(Boolean)
  return owners.some((owner) => owner.contains(top) || top?.contains(owner)) ? '' : `${name} is covered by ${top?.outerHTML.slice(0, 80)}`
})

const focused = (locator) => locator.evaluate((element) => element === document.activeElement)

/** Presses Tab until a thing has the focus, and looks at every stop on the way. */
export async function tabTo(page, locator, key = 'Tab') {
  await expect(locator).toBeAttached()
  for (let i = 0; i < patience; i++) {
    await page.keyboard.press(key)
    await expectSeen(page)
    if (await focused(locator)) return
  }
  throw new Error(`no ${patience} presses of ${key} reach ${locator}`)
}
