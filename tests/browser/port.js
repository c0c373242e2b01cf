/** The TCP port that the tested server listens on. */
export const port = Number(process.env.ORION_TEST_PORT ?? 8199)
