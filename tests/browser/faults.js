/**
 * What the browser complains about: errors and warnings in the console, violations of the content security policy,
 * exceptions, requests that failed, answers from 500.
 */
export class Faults {
  #seen = []
  #expected = []

  /** Takes down the complaints of every page of a browser context. */
  async watch(context) {
    context.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) this.#add(`console: ${message.text()} at ${message.location().url}`)
    })
    context.on('weberror', (event) => {
      const { name, message, stack } = event.error()
      // The browser's own transition from page to page: it gives up where a page was looked at or shown too early.
      if (message.startsWith('Transition was aborted because of invalid state')) return
      this.#add(`exception: ${name}: ${message} ${stack}`)
    })
    context.on('requestfailed', (request) => {
      const reason = request.failure()?.errorText
      // What a person leaves, or a newer request replaces, is aborted: nothing is wrong.
      if (reason !== 'net::ERR_ABORTED') this.#add(`request: ${reason} at ${request.url()}`)
    })
    context.on('response', (response) => {
      if (response.status() >= 500) this.#add(`response: ${response.status()} at ${response.url()}`)
    })
    await context.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        console.error(`violation of the content security policy: ${event.violatedDirective} by ${event.blockedURI}`)
      })
    })
  }

  /** Declares that the test leads to a complaint. It fails if none comes. */
  expect(pattern) {
    this.#expected.push({ pattern, met: false })
  }

  /** What nobody expected. */
  unexpected() {
    return this.#seen
  }

  /** What was expected and did not come. */
  missing() {
    return this.#expected.filter(({ met }) => !met).map(({ pattern }) => String(pattern))
  }

  #add(complaint) {
    const known = this.#expected.find(({ pattern }) => pattern.test(complaint))
    if (known) known.met = true
    else this.#seen.push(complaint)
  }
}
