import type { FastifyBaseLogger } from 'fastify';

type Level = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
type Line = Parameters<FastifyBaseLogger['info']>;

/** A logger that is made when its first line is written: most requests write none. */
export class LazyLogger implements FastifyBaseLogger {
  #made: FastifyBaseLogger | undefined;

  constructor(
    private readonly parent: FastifyBaseLogger,
    private readonly bindings: () => Readonly<Record<string, string>>,
  ) {}

  get level(): string {
    return this.parent.level;
  }

  fatal(...line: unknown[]): void {
    this.write('fatal', line);
  }
  error(...line: unknown[]): void {
    this.write('error', line);
  }
  warn(...line: unknown[]): void {
    this.write('warn', line);
  }
  info(...line: unknown[]): void {
    this.write('info', line);
  }
  debug(...line: unknown[]): void {
    this.write('debug', line);
  }
  trace(...line: unknown[]): void {
    this.write('trace', line);
  }
  silent(...line: unknown[]): void {
    this.write('silent', line);
  }

  child(...options: Parameters<FastifyBaseLogger['child']>): FastifyBaseLogger {
    return this.made().child(...options);
  }

  private write(level: Level, line: unknown[]): void {
    this.made()[level](...(line as Line));
  }

  private made(): FastifyBaseLogger {
    return (this.#made ??= this.parent.child(this.bindings()));
  }
}
