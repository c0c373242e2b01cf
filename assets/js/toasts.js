// The region of short messages. A message goes by itself, later if it can be undone, an error only when dismissed
// it stays while the pointer or the focus is on it.
const seconds = { plain: 6, undo: 12 }

/** show puts a toast made by the server into the region. */
export function show(toast) {
  document.getElementById('toasts').replaceChildren(toast)
}

/** say shows the message for a failed request: network, server, missing, busy or refused. */
export function say(kind) {
  show(document.getElementById(`toast-${kind}`).content.cloneNode(true))
}

export default () => ({
  timer: 0,

  init() {
    this.observer = new MutationObserver(() => this.release())
    this.observer.observe(this.$el, { childList: true, subtree: true, characterData: true })
    this.release()
  },

  destroy() {
    this.observer.disconnect()
  },

  hold() {
    clearTimeout(this.timer)
  },

  release() {
    this.hold()
    const toast = this.$root.querySelector('.toast')
    if (!toast || toast.matches('.toast-error')) return
    const stay = toast.querySelector('form') ? seconds.undo : seconds.plain
    this.timer = setTimeout(() => this.dismiss(), stay * 1000)
  },

  dismiss() {
    const nothing = document.createElement('div')
    nothing.id = 'toast'
    this.$root.replaceChildren(nothing)
  },
})
