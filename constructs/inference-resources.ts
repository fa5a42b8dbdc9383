import { Size } from 'cdk8s';
import { Cpu, type ContainerResources } from 'cdk8s-plus-27';

/**
 * What the service needs, as measured (packages/service/README.md, "Figures"): it starts in less than half a second and answers
 * 5,300 requests a second within the CPU limit; a tenth of that is requested, for it is idle most of the time. Its own
 * memory is 40 Mi under load, with some 65 Mi of mapped files.
 */
export const INFERENCE_RESOURCES: ContainerResources = {
  cpu: { request: Cpu.millis(50), limit: Cpu.millis(500) },
  memory: { request: Size.mebibytes(128), limit: Size.mebibytes(256) },
};
