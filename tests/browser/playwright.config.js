import { existsSync } from 'node:fs'
import { defineConfig } from '@playwright/test'
import { port } from './port.js'

// The browser is the system's: nothing is downloaded. ORION_CHROMIUM names another one.
const chromium = [process.env.ORION_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'].find((path) => path && existsSync(path))
if (!chromium) {
  throw new Error('No Chromium found. Install it (Debian: apt-get install chromium) or name it by ORION_CHROMIUM.')
}

// kaffa.test is a shop's own domain; *.localhost resolves by itself.
const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-component-update',
  '--disable-sync', '--no-first-run', '--host-resolver-rules=MAP *.test 127.0.0.1']

// Painting the pictures is most of what a page costs here, so only those tests have them that look at them.
const looking = /(account_accessibility|shop_(accessibility|buying|product|weight))\.spec\.js$/

export default defineConfig({
  testDir: '.',
  outputDir: './results',
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  globalSetup: './server.js',
  use: {
    baseURL: `http://localhost:${port}`,
    viewport: { width: 1280, height: 900 },
    locale: 'en-GB',
    actionTimeout: 10_000,
    trace: 'off', // --trace=retain-on-failure records what a failing test did; it costs half of the speed
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'pictures', testMatch: looking, use: { launchOptions: { executablePath: chromium, args } } },
    {
      name: 'text', testMatch: '*.spec.js', testIgnore: looking,
      use: { launchOptions: { executablePath: chromium, args: [...args, '--blink-settings=imagesEnabled=false'] } },
    },
  ],
})
