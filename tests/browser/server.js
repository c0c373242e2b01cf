import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { port } from './port.js'
import { survey } from './shelves.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const startTime = 60_000

/**
 * Starts Orion with a database of its own and the demo shops, writes down what they have in stock before anybody
 * buys, and ends the server after the tests. An error in the server's log fails the run.
 */
export default async function startServer() {
  const data = mkdtempSync(join(tmpdir(), 'orion-browser-'))
  // PostgreSQL does not run as root; the user it runs as instead must be able to pass.
  chmodSync(data, 0o755)
  const output = []
  const server = spawn(process.env.ORION_TEST_BINARY ?? join(root, 'orion'), ['serve'], { cwd: root, env: environment(data) })
  server.stdout.on('data', (chunk) => output.push(chunk))
  server.stderr.on('data', (chunk) => output.push(chunk))
  const ended = new Promise((resolve) => server.once('exit', resolve))
  const end = async () => {
    server.kill('SIGTERM')
    await ended
    rmSync(data, { recursive: true, force: true })
  }
  try {
    await ready(server, output)
    process.env.ORION_TEST_SHELVES = join(data, 'shelves.json')
    writeFileSync(process.env.ORION_TEST_SHELVES, JSON.stringify(await survey()))
  } catch (error) {
    await end()
    throw error
  }
  return async () => {
    await end()
    const faults = Buffer.concat(output).toString().split('\n').filter((line) => /level=ERROR|panic/.test(line))
    if (faults.length) throw new Error(`The server logged faults:\n${faults.join('\n')}`)
  }
}

/** Each test is a client of its own to the server, as it says itself in X-Forwarded-For (see storefront.js). */
function environment(data) {
  return {
    ...process.env, PORT: String(port), ORION_DATA_DIR: data, ORION_ENV: 'development', DATABASE_URL: '',
    ORION_RATE_LIMIT: '0', ORION_TRUSTED_PROXIES: '127.0.0.1/32,::1/128',
  }
}

async function ready(server, output) {
  const deadline = Date.now() + startTime
  while (Date.now() < deadline && server.exitCode === null) {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null)
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`Orion did not start:\n${Buffer.concat(output)}`)
}
