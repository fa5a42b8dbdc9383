import { Size } from 'cdk8s';
import { Cpu, type ContainerResources } from 'cdk8s-plus-27';

/**
 * What the service needs, as measured (app/README.md, "Figures"): it starts in about half a second
 * and answers 5,500 requests a second within the CPU limit, 50m are some 500 a second; its own
 * memory is 28 Mi idle and at most 53 Mi under load, with up to 72 Mi of mapped files.
 */
export const INFERENCE_RESOURCES: ContainerResources = {
  cpu: { request: Cpu.millis(50), limit: Cpu.millis(500) },
  memory: { request: Size.mebibytes(128), limit: Size.mebibytes(256) },
};
