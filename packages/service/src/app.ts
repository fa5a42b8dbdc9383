import type { TSchema } from '@sinclair/typebox';
import fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { maxHeaderSize } from 'node:http';
import { answerClientError } from './errors/client-error';
import { createErrorHandler } from './errors/handler';
import type { Classifier } from './inference/classifier';
import { requestLogger } from './logger';
import { PACKAGED_PAGE } from './packaged';
import { bodyMemory } from './plugins/body-memory';
import { connections } from './plugins/connections';
import { drain } from './plugins/drain';
import { faults } from './plugins/faults';
import { headers, SERVER_OPTIONS } from './plugins/headers';
import { metrics } from './plugins/metrics';
import { overload } from './plugins/overload';
import { pipelining } from './plugins/pipelining';
import { refusedBodies } from './plugins/refused-bodies';
import { requestId, requestIds } from './plugins/request-ids';
import { requestLog } from './plugins/request-log';
import { routeList } from './plugins/route-list';
import { unknownRoutes } from './plugins/unknown-routes';
import { aboutRoutes } from './routes/about';
import { docsRoutes } from './routes/docs';
import { healthRoutes } from './routes/health';
import { metricsRoutes } from './routes/metrics';
import { openapiRoutes } from './routes/openapi';
import { predictRoutes } from './routes/predict';
import { v2ModelRoutes } from './routes/v2-model';
import { v2ServerRoutes } from './routes/v2-server';
import type { Settings } from './settings';
import { validator } from './validation';

interface AppOptions {
  readonly settings: Settings;
  readonly classifier: Classifier;
  readonly logger: FastifyBaseLogger;
  /** Folder of the page at /docs. @default the folder that `npm run build` writes */
  readonly page?: string;
}

/** Replaces Fastify's own schema compilers. They are never called, and loading them takes a third of the start. */
function unused(): never {
  throw new Error('Fastify asked for a schema compiler before one was set');
}

/** Creates the service without listening. */
export function buildApp({
  settings,
  classifier,
  logger,
  page = PACKAGED_PAGE,
}: AppOptions): FastifyInstance {
  const handleError = createErrorHandler();
  const app = fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request_id' }),
    genReqId: requestId,
    childLoggerFactory: requestLogger,
    return503OnClosing: false,
    requestTimeout: 30_000,
    http: SERVER_OPTIONS,
    // As long as a URL may be, so that a long model name gets 404 like any unknown model, not 414.
    routerOptions: { maxParamLength: maxHeaderSize },
    frameworkErrors: handleError,
    clientErrorHandler: answerClientError,
    schemaController: { compilersFactory: { buildValidator: unused, buildSerializer: unused } },
  });
  app.setErrorHandler(handleError);
  app.setValidatorCompiler<TSchema>(({ schema }) => validator(schema));
  app.setSerializerCompiler(() => JSON.stringify);
  app.removeContentTypeParser('text/plain');

  // Each plugin names those that must come before it (`dependencies`); Fastify refuses another order.
  const { build, decisionThreshold } = settings;
  const { card } = classifier;
  void app.register(routeList);
  void app.register(pipelining);
  void app.register(requestIds);
  void app.register(metrics, { build, card });
  void app.register(overload, classifier);
  void app.register(connections, settings);
  void app.register(bodyMemory);
  void app.register(headers);
  void app.register(unknownRoutes);
  void app.register(requestLog);
  void app.register(refusedBodies);
  void app.register(drain);
  void app.register(faults, settings);

  void app.register(aboutRoutes, { build, card });
  void app.register(healthRoutes);
  void app.register(metricsRoutes);
  void app.register(predictRoutes, { classifier, decisionThreshold });
  void app.register(docsRoutes, { folder: page });
  void app.register(openapiRoutes, { card });
  void app.register(v2ServerRoutes);
  void app.register(v2ModelRoutes, { classifier, decisionThreshold });
  return app;
}
