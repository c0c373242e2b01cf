import 'htmx.org'
import Alpine from '@alpinejs/csp'

Alpine.start()
