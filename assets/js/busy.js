// A pressed button is busy until its answer is there: disabled, with its label kept, and with the focus it had.

const busy = new WeakMap()

document.addEventListener('htmx:before:request', ({ detail: { ctx } }) => {
  const button = ctx.request.submitter ?? ctx.sourceElement
  if (!button.matches('button')) return
  busy.set(ctx, { button, focused: document.activeElement === button })
  button.setAttribute('aria-busy', 'true')
  button.disabled = true
})

document.addEventListener('htmx:finally:request', ({ detail: { ctx } }) => {
  const was = busy.get(ctx)
  if (!was) return
  was.button.removeAttribute('aria-busy')
  was.button.disabled = false
  if (was.focused && document.activeElement === document.body) was.button.focus({ preventScroll: true })
})
