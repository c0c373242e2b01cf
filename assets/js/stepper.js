// One less and one more beside a number field, within its limits.
export default () => ({
  step(by) {
    const input = this.$refs.input
    const before = input.value
    if (by < 0) input.stepDown()
    else input.stepUp()
    if (input.value !== before) input.dispatchEvent(new Event('change', { bubbles: true }))
  },

  less() {
    this.step(-1)
  },

  more() {
    this.step(1)
  },
})
