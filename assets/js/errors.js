// A request that failed says so in a toast. What the server answers to a form (422) or a conflict (409) is swapped
// in place as usual, and so is a form that has to wait (429) or whose link has run out (410); of any other failure only
// its out-of-band pieces are.
import { say, show } from './toasts.js'

const inPlace = [409, 422]
const kinds = { 404: 'missing', 410: 'missing', 429: 'busy' }

document.addEventListener('htmx:before:swap', ({ detail: { ctx, tasks } }) => {
  const status = ctx.response?.status ?? 200
  if (status < 400) return
  const main = tasks.findIndex((task) => task.type === 'main')
  const told = tasks[main]?.fragment.querySelector('#toast')
  const form = [410, 429].includes(status) && ctx.target.id && tasks[main]?.fragment.querySelector(`#${ctx.target.id}`)
  if ((inPlace.includes(status) || form) && !told) return
  ctx.push = ctx.replace = 'false'
  if (main >= 0) tasks.splice(main, 1)
  if (told) show(told)
  else if (!tasks.some((task) => task.target?.id === 'toast')) say(kinds[status] ?? (status >= 500 ? 'server' : 'refused'))
})

document.addEventListener('htmx:error', ({ detail: { ctx } }) => {
  say(ctx?.response ? 'server' : 'network')
})
