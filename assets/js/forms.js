// Addresses stay short: a GET form leaves out what is empty, and a control that has an address of its own
// (data-bare) does not add its value to it.
document.addEventListener('htmx:config:request', ({ detail: { ctx } }) => {
  const { body, method } = ctx.request
  if (method !== 'GET') return
  const bare = ctx.sourceElement.matches('[data-bare]')
  const tidy = ctx.sourceElement.matches('[data-tidy]')
  for (const [name, value] of [...body]) {
    if (bare || (tidy && value === '')) body.delete(name)
  }
})

// A form that leads back to the page it is on says so: the same form stands on every page, also on one from a cache.
document.addEventListener('submit', ({ target }) => {
  const next = target.querySelector('[data-here]')
  if (next) next.value = location.pathname + location.search
})
