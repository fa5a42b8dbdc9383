import { declarations } from '@online-inference/service/settings';
import { Size } from 'cdk8s';
import { Cpu, type ContainerResources } from 'cdk8s-plus-27';

/** Name of the service: of its container, of its label `app.kubernetes.io/name` and of its Helm chart. */
export const SERVICE_NAME = 'online-inference';

/** TCP port that the service listens on in its container. */
export const HTTP_PORT = Number(declarations.properties.port.default);

/** User and group ID that the image runs as. `runAsNonRoot` rejects a user that is given by name. */
export const USER = 65532;

/**
 * CPU and memory that the service needs, as measured (packages/service/README.md, "Figures"). It starts in less than
 * half a second and answers 5,300 requests a second within the CPU limit. The CPU request is a tenth of that limit,
 * because the service is idle most of the time. Its own memory is 40 Mi under load, plus some 65 Mi of mapped files.
 */
export const INFERENCE_RESOURCES: ContainerResources = {
  cpu: { request: Cpu.millis(50), limit: Cpu.millis(500) },
  memory: { request: Size.mebibytes(128), limit: Size.mebibytes(256) },
};

/** Seconds that the demo image waits before it starts to answer: `START_DELAY_SECONDS` of its Dockerfile. */
export const DEMO_START_SECONDS = 25;

/** Seconds that the service goes on answering after SIGTERM, unless its environment sets another drain. */
export const DRAIN_SECONDS = Number(declarations.properties.drainDelaySeconds.default);

/** What an image does by itself, in seconds. */
export interface ImageBehaviour {
  /** From SIGTERM until the process exits. */
  readonly drain: number | string;
  /** From the start of the process until it answers. @default - at once */
  readonly startDelay?: number;
}

/** Returns the annotations of a pod template that declare to `rollout predict` how its image behaves. */
export const behaviourAnnotations = ({ drain, startDelay }: ImageBehaviour): Record<string, string> => ({
  'rollout.online-inference/drain': String(drain),
  ...(startDelay !== undefined && { 'rollout.online-inference/start-delay': String(startDelay) }),
});
