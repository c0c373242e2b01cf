import { createServer } from 'node:net'

// Every process of a run reads this file: the first one chooses, and the others, its children, are told.
process.env.ORION_TEST_PORT ||= await freePort()

/** The TCP port that the tested server listens on: ORION_TEST_PORT, else one that is free. */
export const port = Number(process.env.ORION_TEST_PORT)

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject).listen(0, () => {
      const { port } = server.address()
      server.close(() => resolve(String(port)))
    })
  })
}
