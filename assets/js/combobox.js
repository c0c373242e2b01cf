// The search field with its suggestions: a combobox over a listbox of links (ARIA Authoring Practices). Without
// scripts it is a plain form.
export default () => ({
  active: -1,

  init() {
    this.input = this.$el.querySelector('input')
    this.input.setAttribute('role', 'combobox')
    this.input.setAttribute('aria-autocomplete', 'list')
    this.input.setAttribute('aria-expanded', 'false')
    this.input.addEventListener('input', () => this.choose(-1))
    // An answer that comes late leaves the choice where it was, if it is still there.
    this.$el.addEventListener('htmx:after:swap', () => {
      const chosen = this.input.getAttribute('aria-activedescendant')
      this.choose(this.options().findIndex(({ id }) => id === chosen))
    })
  },

  options() {
    return [...this.$el.querySelectorAll('[role=option]')]
  },

  choose(index) {
    const options = this.options()
    this.active = index
    options.forEach((option, i) => option.setAttribute('aria-selected', String(i === index)))
    this.input.setAttribute('aria-expanded', String(options.length > 0))
    if (index < 0) {
      this.input.removeAttribute('aria-activedescendant')
    } else {
      this.input.setAttribute('aria-activedescendant', options[index].id)
      options[index].scrollIntoView({ block: 'nearest' })
    }
  },

  move(event) {
    const options = this.options()
    if (event.target !== this.input || options.length === 0) return
    const { key } = event
    if (key === 'Enter' && this.active >= 0) {
      event.preventDefault()
      options[this.active].click()
    } else if (key === 'ArrowDown' || key === 'ArrowUp') {
      event.preventDefault()
      // The place after the last and before the first is the field itself.
      const places = options.length + 1
      const step = key === 'ArrowDown' ? 1 : -1
      this.choose(((this.active + 1 + step + places) % places) - 1)
    }
  },
})
