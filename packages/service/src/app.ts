import type { TSchema } from '@sinclair/typebox';
import fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { maxHeaderSize } from 'node:http';
import { join } from 'node:path';
import type { Classifier } from './inference/classifier';
import { bodies } from './plugins/bodies';
import { answerClientError } from './plugins/client-errors';
import { connections } from './plugins/connections';
import { drain } from './plugins/drain';
import { errorHandler } from './plugins/errors';
import { faults } from './plugins/faults';
import { heads, JOINED_HEADERS } from './plugins/heads';
import { metrics } from './plugins/metrics';
import { collectRoutes, openapi } from './plugins/openapi';
import { overload } from './plugins/overload';
import { pipelining } from './plugins/pipelining';
import { refusedBodies } from './plugins/refused-bodies';
import { requestId, requestIds, requestLogger } from './plugins/request-ids';
import { requestLog } from './plugins/request-log';
import { unknownRoutes } from './plugins/unknown-routes';
import { aboutRoutes } from './routes/about';
import { docsRoutes } from './routes/docs';
import { healthRoutes } from './routes/health';
import { predictRoutes } from './routes/predict';
import { v2ModelRoutes } from './routes/v2-model';
import { v2ServerRoutes } from './routes/v2-server';
import type { Settings } from './settings';
import { validator } from './validation';

export interface AppOptions {
  readonly settings: Settings;
  readonly classifier: Classifier;
  readonly logger: FastifyBaseLogger;
  /** The folder of the page at /docs. @default where page.cjs writes it */
  readonly page?: string;
}

const PACKAGED_PAGE = join(__dirname, '..', 'build', 'page');

/** In the place of Fastify's own compilers, which it would load though they are not used: a third of its start. */
function unused(): never {
  throw new Error('a compiler was asked for before it was set');
}

/** The service, put together and not listening yet. */
export function buildApp({
  settings,
  classifier,
  logger,
  page = PACKAGED_PAGE,
}: AppOptions): FastifyInstance {
  const answerError = errorHandler();
  const app = fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request_id' }),
    genReqId: requestId,
    childLoggerFactory: requestLogger,
    return503OnClosing: false,
    requestTimeout: 30_000,
    http: JOINED_HEADERS,
    // as a URL: an unknown model of a long name is not found, like any other
    routerOptions: { maxParamLength: maxHeaderSize },
    frameworkErrors: answerError,
    clientErrorHandler: answerClientError,
    schemaController: { compilersFactory: { buildValidator: unused, buildSerializer: unused } },
  });
  app.setValidatorCompiler<TSchema>(({ schema }) => validator(schema));
  app.setSerializerCompiler(() => JSON.stringify);
  app.removeContentTypeParser('text/plain');
  const routes = collectRoutes(app);

  app.setErrorHandler(answerError);
  void app.register(pipelining);
  void app.register(requestIds);
  void app.register(metrics, { build: settings.build, card: classifier.card });
  void app.register(overload, classifier);
  void app.register(connections, settings);
  void app.register(bodies);
  void app.register(heads);
  void app.register(unknownRoutes, { routes });
  void app.register(requestLog);
  void app.register(refusedBodies);
  void app.register(drain);
  void app.register(faults, settings);
  void app.register(aboutRoutes, { build: settings.build, card: classifier.card });
  void app.register(healthRoutes);
  void app.register(predictRoutes, { classifier, decisionThreshold: settings.decisionThreshold });
  void app.register(docsRoutes, { folder: page });
  void app.register(openapi, { card: classifier.card, routes });
  void app.register(v2ServerRoutes);
  void app.register(v2ModelRoutes, { classifier, decisionThreshold: settings.decisionThreshold });
  return app;
}
