import { Type, type Static } from '@sinclair/typebox';

const seconds = (options: { default: number; description: string }) =>
  Type.Number({ minimum: 0, maximum: 86_400, ...options });

/**
 * Declares every setting of the service. The environment variable of a setting is its name in upper case:
 * `drainDelaySeconds` is read from `DRAIN_DELAY_SECONDS`.
 */
export const declarations = Type.Object({
  port: Type.Integer({
    default: 8000,
    minimum: 0,
    maximum: 65_535,
    description: 'TCP port to listen on; 0 picks a free port',
  }),
  host: Type.String({ default: '0.0.0.0', minLength: 1, description: 'address to listen on' }),
  logLevel: Type.Union(
    (['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const).map((level) =>
      Type.Literal(level),
    ),
    { default: 'info', description: 'lowest level that is logged; debug adds one line per request' },
  ),
  decisionThreshold: Type.Number({
    default: 0.5,
    minimum: 0,
    maximum: 1,
    description: 'lowest probability that gives label 1',
  }),
  drainDelaySeconds: seconds({
    default: 6,
    description: 'seconds after SIGTERM during which the service still accepts and answers requests',
  }),
  startDelaySeconds: seconds({ default: 0, description: 'seconds before the port opens' }),
  crashAfterSeconds: seconds({
    default: 0,
    description: 'seconds from opening the port until the process exits with code 1; 0 disables the crash',
  }),
  hangAfterSeconds: seconds({
    default: 0,
    description:
      'seconds from opening the port until the process hangs and ignores SIGTERM; 0 disables the hang',
  }),
  modelPath: Type.Optional(
    Type.String({
      minLength: 1,
      description: 'ONNX file, with its model card in a .json file beside it; default: the packaged model',
    }),
  ),
  onnxThreads: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 64,
      description: 'threads for one inference; default: the CPU limit rounded down, at least 1',
    }),
  ),
  inferenceThread: Type.Union([Type.Literal('auto'), Type.Literal('always'), Type.Literal('never')], {
    default: 'auto',
    description: 'run inference in its own thread; auto: only if a batch takes more than 5 ms',
  }),
  maxBatchSize: Type.Integer({
    default: 1024,
    minimum: 1,
    maximum: 65_536,
    description: 'rows in one inference',
  }),
  maxQueuedRows: Type.Integer({
    default: 65_536,
    minimum: 1,
    maximum: 1_048_576,
    description: 'rows that may wait for inference; the service answers further requests with 503',
  }),
  queueTimeoutSeconds: Type.Number({
    default: 1,
    minimum: 0.001,
    maximum: 86_400,
    description: 'seconds that a request may wait for inference; if its wait is longer, it gets a 503',
  }),
  maxConnections: Type.Integer({
    default: 4000,
    minimum: 1,
    maximum: 65_535,
    description: 'idle or slow connections; one more closes the connection that has waited longest',
  }),
  build: Type.String({
    default: 'dev',
    minLength: 1,
    description: 'name of the build, which GET / reports; set by the image',
  }),
});

export type Settings = Readonly<Static<typeof declarations>>;
