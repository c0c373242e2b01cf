// What a person has set on the page outlives a morph, and what the server says about it is shown.
/* global htmx */
htmx.registerExtension('state', {
  htmx_before_morph_attr(element, { attrName, newValue }) {
    // An open details or dialog stays open.
    if (attrName === 'open') return false
    // Once touched, a control follows its property and no longer its attribute.
    if (attrName === 'checked') element.checked = newValue !== null
    if (attrName === 'selected') element.selected = newValue !== null
    return true
  },
})

// The server's answer counts too where it is what stood in a field before somebody typed: a morph sees no difference
// then. What they have typed since they sent it is theirs.
const fields = 'input:not([type=checkbox], [type=radio], [type=file])'
const sent = new WeakMap()

document.addEventListener('htmx:before:request', ({ detail: { ctx } }) => {
  const source = ctx.sourceElement
  for (const control of source.elements ?? [source]) sent.set(control, control.value)
})

document.addEventListener('htmx:after:swap', ({ detail: { ctx } }) => {
  for (const field of ctx.target?.querySelectorAll?.(fields) ?? []) {
    const typing = field === document.activeElement && sent.get(field) !== field.value
    if (!typing && field.value !== field.defaultValue) field.value = field.defaultValue
  }
})
