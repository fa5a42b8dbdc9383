import closeWithGrace from 'close-with-grace';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { buildApp } from './app';
import { cpuLimit, inferenceThreads } from './cpu-limit';
import { readSettings, SettingsError } from '@online-inference/settings';
import { createLogger } from './logger';
import { loadClassifier, ModelError } from './inference/classifier';
import { declarations, type Settings } from './settings';

export const PACKAGED_MODEL = join(__dirname, '..', 'model', 'heart-disease.onnx');

/** After the drain delay, requests still under way get that long to end. */
const CLOSING_SECONDS = 10;

/** Starts the service from the environment. What stops it is one line in the log, and the exit code 1. */
export async function start(environment: NodeJS.ProcessEnv): Promise<void> {
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
    died: (err) => {
      logger.fatal({ err }, 'the inference thread ended, and without it this is of no use');
      process.exit(1);
    },
  });
  const { card, threaded } = classifier;
  const facts = { build: settings.build, model: card.name, modelVersion: card.version };
  logger.info({ ...facts, onnxThreads, inferenceThread: threaded }, 'model loaded');
  const app = buildApp({ settings, logger, classifier });
  await app.ready();

  const { drainDelaySeconds, startDelaySeconds } = settings;
  const delay = (drainDelaySeconds + CLOSING_SECONDS) * 1000;
  closeWithGrace({ delay, logger }, async ({ signal, err }) => {
    // Only Kubernetes' signal announces requests that are still to come.
    const drainSeconds = signal === 'SIGTERM' ? drainDelaySeconds : 0;
    if (err) {
      logger.fatal({ err }, 'closing after an error that nothing caught');
    } else {
      logger.info(`${signal ?? 'end'}: answering for ${drainSeconds} s more, then closing`);
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
    // Beyond Node's 511, who comes while the process is busy would wait a second, for TCP to ask again.
    await app.listen({ host, port, backlog: maxConnections });
  } catch (error) {
    throw new ListenError(`cannot listen on HOST ${host}, PORT ${port}: ${String(error)}`);
  }
}
