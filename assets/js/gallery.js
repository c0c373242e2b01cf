// Shows a thumbnail's picture large, in place of following its link.
export default () => ({
  show(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    const chosen = event.currentTarget
    const small = chosen.querySelector('img')
    const large = this.$root.querySelector('[data-main]')
    for (const name of ['src', 'alt', 'width', 'height']) large.setAttribute(name, small.getAttribute(name))
    for (const thumb of this.$root.querySelectorAll('[data-picture]')) thumb.removeAttribute('aria-current')
    chosen.setAttribute('aria-current', 'true')
  },
})
