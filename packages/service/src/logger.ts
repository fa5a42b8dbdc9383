import { pino, stdTimeFunctions, type Logger } from 'pino';

/** Logs JSON lines to standard output, each written before the call returns: a crash loses none. */
export function createLogger(level: string): Logger {
  return pino({
    level,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
  });
}
