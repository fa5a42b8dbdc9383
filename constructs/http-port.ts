/** The port that the service listens on. */
export const HTTP_PORT = 8000;
