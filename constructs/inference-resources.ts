import { Size } from 'cdk8s';
import { Cpu, type ContainerResources } from 'cdk8s-plus-27';

/** What the service needs, as measured. */
export const INFERENCE_RESOURCES: ContainerResources = {
  cpu: { request: Cpu.millis(50), limit: Cpu.millis(500) },
  memory: { request: Size.mebibytes(128), limit: Size.mebibytes(256) },
};
