import 'htmx.org'
import 'htmx.org/dist/ext/hx-alpine-compat.js'
import Alpine from '@alpinejs/csp'
import './busy.js'
import './errors.js'
import './focus.js'
import './forms.js'
import './morph.js'
import combobox from './combobox.js'
import drawer from './drawer.js'
import gallery from './gallery.js'
import printer from './printer.js'
import reveal from './reveal.js'
import stepper from './stepper.js'
import toasts from './toasts.js'

// hx-alpine-compat looks for Alpine here.
window.Alpine = Alpine
for (const [name, component] of Object.entries({ combobox, drawer, gallery, printer, reveal, stepper, toasts })) {
  Alpine.data(name, component)
}
Alpine.start()
