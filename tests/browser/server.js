import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { port } from './playwright.config.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const startTime = 60_000

// Starts Orion with a database of its own and the demo shops, and ends both after the tests.
export default async function startServer() {
  const data = mkdtempSync(join(tmpdir(), 'orion-browser-'))
  const output = []
  const server = spawn(join(root, 'orion'), ['serve'], {
    cwd: root,
    env: { ...process.env, PORT: String(port), ORION_DATA_DIR: data, ORION_ENV: 'development', DATABASE_URL: '', ORION_RATE_LIMIT: '0' },
  })
  server.stdout.on('data', (chunk) => output.push(chunk))
  server.stderr.on('data', (chunk) => output.push(chunk))
  const ended = new Promise((resolve) => server.once('exit', resolve))
  await ready(server, output)
  return async () => {
    server.kill('SIGTERM')
    await ended
    rmSync(data, { recursive: true, force: true })
    const faults = Buffer.concat(output).toString().split('\n').filter((line) => /level=ERROR|panic/.test(line))
    if (faults.length) throw new Error(`The server logged faults:\n${faults.join('\n')}`)
  }
}

async function ready(server, output) {
  const deadline = Date.now() + startTime
  while (Date.now() < deadline) {
    if (server.exitCode !== null) break
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null)
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  server.kill('SIGKILL')
  throw new Error(`Orion did not start:\n${Buffer.concat(output)}`)
}
