// What is checked in the JavaScript: mistakes, not taste.
const mistakes = {
  'array-callback-return': 'error',
  'constructor-super': 'error',
  eqeqeq: 'error',
  'for-direction': 'error',
  'getter-return': 'error',
  'no-async-promise-executor': 'error',
  'no-class-assign': 'error',
  'no-compare-neg-zero': 'error',
  'no-cond-assign': 'error',
  'no-const-assign': 'error',
  'no-constant-binary-expression': 'error',
  'no-constant-condition': 'error',
  'no-control-regex': 'error',
  'no-debugger': 'error',
  'no-dupe-args': 'error',
  'no-dupe-class-members': 'error',
  'no-dupe-else-if': 'error',
  'no-dupe-keys': 'error',
  'no-duplicate-case': 'error',
  'no-duplicate-imports': 'error',
  'no-empty': 'error',
  'no-empty-pattern': 'error',
  'no-eval': 'error',
  'no-ex-assign': 'error',
  'no-fallthrough': 'error',
  'no-func-assign': 'error',
  'no-implied-eval': 'error',
  'no-import-assign': 'error',
  'no-invalid-regexp': 'error',
  'no-loss-of-precision': 'error',
  'no-new-func': 'error',
  'no-promise-executor-return': 'off', // new Promise((resolve) => setTimeout(resolve, n)) is fine.
  'no-prototype-builtins': 'error',
  'no-redeclare': 'error',
  'no-self-assign': 'error',
  'no-self-compare': 'error',
  'no-sparse-arrays': 'error',
  'no-template-curly-in-string': 'error',
  'no-undef': 'error',
  'no-unreachable': 'error',
  'no-unsafe-finally': 'error',
  'no-unsafe-negation': 'error',
  'no-unsafe-optional-chaining': 'error',
  'no-unused-vars': 'error',
  'no-useless-assignment': 'error',
  'no-useless-escape': 'error',
  'no-var': 'error',
  'prefer-const': 'error',
  'require-yield': 'error',
  'use-isnan': 'error',
  'valid-typeof': 'error',
}

const named = (names) => Object.fromEntries(names.map((name) => [name, 'readonly']))

const anywhere = ['AbortController', 'AbortSignal', 'Blob', 'FormData', 'Headers', 'Request', 'Response', 'TextDecoder', 'TextEncoder', 'URL',
  'URLSearchParams', 'clearInterval', 'clearTimeout', 'console', 'crypto', 'fetch', 'performance', 'queueMicrotask', 'setInterval',
  'setTimeout', 'structuredClone']
const browser = ['CSS', 'CustomEvent', 'DOMParser', 'Element', 'Event', 'EventTarget', 'HTMLElement', 'HTMLFormElement', 'HTMLInputElement',
  'IntersectionObserver', 'KeyboardEvent', 'MouseEvent', 'MutationObserver', 'Node', 'PerformanceObserver', 'ResizeObserver', 'cancelAnimationFrame',
  'customElements', 'document', 'getComputedStyle', 'history', 'innerHeight', 'innerWidth', 'localStorage', 'location', 'matchMedia', 'navigator',
  'requestAnimationFrame', 'scrollTo', 'sessionStorage', 'window']
const node = ['Buffer', 'process']

export default [
  { ignores: ['assets/dist/', 'node_modules/', 'var/', 'tests/browser/results/'] },
  { files: ['**/*.js', '**/*.mjs'], rules: mistakes, linterOptions: { reportUnusedDisableDirectives: 'error' } },
  { files: ['assets/js/**', 'themes/**'], languageOptions: { globals: named([...anywhere, ...browser]) } },
  { files: ['**/*.mjs', '*.js', 'scripts/**', 'tests/**'], languageOptions: { globals: named([...anywhere, ...node]) } },
  // Functions given to page.evaluate run in the browser.
  { files: ['tests/browser/**'], languageOptions: { globals: named(browser) } },
]
