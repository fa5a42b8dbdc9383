import { HTTP_PORT, SERVICE_NAME } from '../../constructs/image';
import { distObjects, type DistObject } from '../kit/dist';
import type { Setup } from './site';

/** File of the bonus chart in dist/, without `.yaml`. */
export const BONUS_FILE = 'online-inference-service';

/** Returns the setup of the bonus chart as in dist/, with load through its own Service. */
export function bonus(purpose: string, ratePerSecond: number): Setup & { objects: DistObject[] } {
  return {
    purpose,
    objects: distObjects(BONUS_FILE),
    workload: { kind: 'Deployment', name: SERVICE_NAME },
    service: SERVICE_NAME,
    ratePerSecond,
  };
}

/** Returns a Service for the pods with these labels. */
export function service(name: string, selector: Readonly<Record<string, string>>): object {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name },
    spec: { selector, ports: [{ port: 80, targetPort: HTTP_PORT }] },
  };
}
