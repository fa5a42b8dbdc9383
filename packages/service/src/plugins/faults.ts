import fp from 'fastify-plugin';

interface FaultOptions {
  /** Seconds from opening the port; 0 disables the crash. */
  readonly crashAfterSeconds: number;
  /** Seconds from opening the port; 0 disables the hang. */
  readonly hangAfterSeconds: number;
}

/** Makes the service crash or hang on purpose, as in the demo image. */
export const faults = fp<FaultOptions>(
  (app, { crashAfterSeconds, hangAfterSeconds }, done) => {
    const timers: NodeJS.Timeout[] = [];
    const after = (seconds: number, fail: () => void) => {
      if (seconds > 0) {
        timers.push(setTimeout(fail, seconds * 1000));
      }
    };

    app.addHook('onListen', (listening) => {
      after(crashAfterSeconds, () => {
        app.log.fatal(`crashing ${crashAfterSeconds} s after the port opened (CRASH_AFTER_SECONDS)`);
        process.exit(1);
      });
      after(hangAfterSeconds, () => {
        app.log.fatal(`hanging ${hangAfterSeconds} s after the port opened (HANG_AFTER_SECONDS)`);
        blockForever();
      });
      listening();
    });
    app.addHook('onClose', (_app, closed) => {
      timers.forEach(clearTimeout);
      closed();
    });
    done();
  },
  { name: 'faults' },
);

/** Blocks the event loop, and with it every signal handler, as a deadlock does; without using the CPU. */
function blockForever(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}
