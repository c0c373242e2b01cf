// Focus goes where the attention goes.

// To the first of the cards that 'load more' brought. Nothing moves, unless somebody goes by the focus and has to
// see it.
document.addEventListener('htmx:after:settle', ({ detail: { task, newContent } }) => {
  if (!task.sourceElement?.matches('[data-more]')) return
  const first = newContent.find((node) => node.nodeType === Node.ELEMENT_NODE)
  const link = first?.querySelector('a')
  link?.focus({ preventScroll: true })
  if (link?.matches(':focus-visible')) link.scrollIntoView({ block: 'nearest' })
})

// To what was swapped, if what had the focus is gone; in a form that was refused, to the first field that is wrong.
document.addEventListener('htmx:after:swap', ({ detail: { ctx } }) => {
  const target = document.getElementById(ctx.target?.id)
  if (!target || document.activeElement !== document.body) return
  const heir = target.matches('[data-focus]') ? target : target.querySelector('[data-focus], [aria-invalid="true"]')
  heir?.focus({ preventScroll: true })
})
