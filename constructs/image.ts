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
