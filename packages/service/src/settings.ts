import { Type, type Static } from '@sinclair/typebox';

const seconds = (options: { default: number; description: string }) =>
  Type.Number({ minimum: 0, maximum: 86_400, ...options });

/**
 * Every setting of the service, once. Each is read from the environment variable of its name:
 * `drainDelaySeconds` from `DRAIN_DELAY_SECONDS`.
 */
export const declarations = Type.Object({
  port: Type.Integer({
    default: 8000,
    minimum: 0,
    maximum: 65_535,
    description: 'TCP port; 0 takes a free one',
  }),
  host: Type.String({ default: '0.0.0.0', minLength: 1, description: 'address to listen on' }),
  logLevel: Type.Union(
    (['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const).map((level) =>
      Type.Literal(level),
    ),
    { default: 'info', description: 'least severe line that is logged; debug adds one line a request' },
  ),
  decisionThreshold: Type.Number({
    default: 0.5,
    minimum: 0,
    maximum: 1,
    description: 'probability from which on the label is 1',
  }),
  drainDelaySeconds: seconds({
    default: 6,
    description: 'how long after SIGTERM it still takes connections and answers, before it closes',
  }),
  startDelaySeconds: seconds({ default: 0, description: 'how long the port stays closed after the start' }),
  crashAfterSeconds: seconds({
    default: 0,
    description: 'exit with code 1 that long after the port opens; 0 never',
  }),
  hangAfterSeconds: seconds({
    default: 0,
    description: 'stop answering, SIGTERM included, that long after the port opens; 0 never',
  }),
  modelPath: Type.Optional(
    Type.String({
      minLength: 1,
      description: 'ONNX file, its .json beside it; default: the one in the package',
    }),
  ),
  onnxThreads: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 64,
      description: 'threads for one inference; default: the CPUs that the container may use, in whole ones',
    }),
  ),
  inferenceThread: Type.Union([Type.Literal('auto'), Type.Literal('always'), Type.Literal('never')], {
    default: 'auto',
    description: 'whether inference has a thread of its own; auto: if a batch takes more than 5 ms',
  }),
  maxBatchSize: Type.Integer({
    default: 1024,
    minimum: 1,
    maximum: 65_536,
    description: 'rows that are inferred together at the most',
  }),
  maxQueuedRows: Type.Integer({
    default: 65_536,
    minimum: 1,
    maximum: 1_048_576,
    description: 'rows that may wait for inference; what comes beyond is answered with 503',
  }),
  queueTimeoutSeconds: Type.Number({
    default: 1,
    minimum: 0.001,
    maximum: 86_400,
    description: 'how long a request may wait for inference; one that does, or would, is answered with 503',
  }),
  maxConnections: Type.Integer({
    default: 4000,
    minimum: 1,
    maximum: 65_535,
    description: 'connections that may be idle or slow; one more closes the one that has been so longest',
  }),
  build: Type.String({
    default: 'dev',
    minLength: 1,
    description: 'what GET / says of the build; set by the image',
  }),
});

export type Settings = Readonly<Static<typeof declarations>>;
