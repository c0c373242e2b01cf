// The cart's drawer: a modal dialog around #cart-drawer. It opens when an answer was swapped into it, and gives the
// focus back to what opened it.
export default () => ({
  opener: null,

  init() {
    this.swapped = ({ detail: { ctx } }) => {
      if (ctx.target?.id === 'cart-drawer' && ctx.response?.status < 400) this.open(ctx.request.submitter ?? ctx.sourceElement)
    }
    document.addEventListener('htmx:after:swap', this.swapped)
    this.$el.addEventListener('close', () => this.closed())
    this.$el.addEventListener('click', (event) => this.pressed(event))
  },

  destroy() {
    document.removeEventListener('htmx:after:swap', this.swapped)
  },

  open(opener) {
    if (this.$root.open) return
    this.opener = opener
    this.$root.showModal()
    // Outside a modal dialog nothing can be pressed, so its toasts come along.
    this.$root.append(document.getElementById('toasts'))
  },

  closed() {
    document.body.append(document.getElementById('toasts'))
    this.opener?.focus({ preventScroll: true })
  },

  pressed(event) {
    const box = this.$root.getBoundingClientRect()
    if (event.target === this.$root && event.clientX < box.left) this.$root.close()
  },
})
