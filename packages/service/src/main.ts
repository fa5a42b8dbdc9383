import closeWithGrace from 'close-with-grace';
import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { readSettings, SettingsError } from '@online-inference/settings';
import { buildApp } from './app';
import { cpuLimit, inferenceThreads } from './cpu-limit';
import { loadClassifier, ModelError } from './inference/classifier';
import { createLogger } from './logger';
import { PACKAGED_MODEL } from './packaged';
import { declarations, type Settings } from './settings';

/** Seconds after the drain delay in which open requests may finish. */
const CLOSE_TIMEOUT_SECONDS = 10;

/** Starts the service. If it cannot start, it logs one line and exits with code 1. */
async function start(environment: NodeJS.ProcessEnv): Promise<void> {
  let logger = createLogger('info');
  try {
    const settings = readSettings(declarations, environment);
    logger = createLogger(settings.logLevel);
    await serve(settings, logger);
  } catch (error) {
    const expected =
      error instanceof SettingsError || error instanceof ModelError || error instanceof ListenError;
    logger.fatal(expected ? error.message : { err: error }, 'cannot start');
    process.exit(1);
  }
}

async function serve(settings: Settings, logger: Logger): Promise<void> {
  const { modelPath = PACKAGED_MODEL, onnxThreads = inferenceThreads(cpuLimit(), availableParallelism()) } =
    settings;
  const classifier = await loadClassifier({
    ...settings,
    modelPath,
    onnxThreads,
    onThreadExit: (err) => {
      logger.fatal({ err }, 'inference thread exited; shutting down');
      process.exit(1);
    },
  });
  const { card, threaded } = classifier;
  const facts = { build: settings.build, model: card.name, modelVersion: card.version };
  logger.info({ ...facts, onnxThreads, inferenceThread: threaded }, 'model loaded');
  const app = buildApp({ settings, logger, classifier });
  await app.ready();

  const { drainDelaySeconds, startDelaySeconds } = settings;
  const delay = (drainDelaySeconds + CLOSE_TIMEOUT_SECONDS) * 1000;
  closeWithGrace({ delay, logger }, async ({ signal, err }) => {
    // After Ctrl-C no more requests come; only Kubernetes' SIGTERM needs the drain delay.
    const drainSeconds = signal === 'SIGTERM' ? drainDelaySeconds : 0;
    if (err) {
      logger.fatal({ err }, 'closing after an uncaught error');
    } else {
      logger.info(`${signal ?? 'end'}: draining for ${drainSeconds} s, then closing`);
    }
    await app.drain(drainSeconds);
    logger.info('closed');
  });

  if (startDelaySeconds > 0) {
    logger.info(`opening the port in ${startDelaySeconds} s (START_DELAY_SECONDS)`);
    await sleep(startDelaySeconds * 1000);
  }
  await listen(app, settings);
}

class ListenError extends Error {
  override readonly name = 'ListenError';
}

async function listen(
  app: ReturnType<typeof buildApp>,
  { host, port, maxConnections }: Settings,
): Promise<void> {
  try {
    // Node's default backlog is 511; a connection beyond the backlog waits 1 s for its SYN retry.
    await app.listen({ host, port, backlog: maxConnections });
  } catch (error) {
    throw new ListenError(`cannot listen on HOST ${host}, PORT ${port}: ${String(error)}`);
  }
}

void start(process.env);
