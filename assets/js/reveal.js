// Shows a password while it is typed, and hides it again before it is sent, so that no browser takes it for a text to
// remember.
export default () => ({
  shown: false,

  init() {
    this.hide = () => this.show(false)
    this.$refs.input.form?.addEventListener('submit', this.hide)
  },

  toggle() {
    this.show(!this.shown)
  },

  show(shown) {
    this.shown = shown
    this.$refs.input.type = shown ? 'text' : 'password'
    this.$refs.button.setAttribute('aria-pressed', shown)
  },
})
