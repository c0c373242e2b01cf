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
