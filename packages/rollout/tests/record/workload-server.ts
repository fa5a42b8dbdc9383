import type { ServerResponse } from 'node:http';
import type { KubernetesObject } from '../../src/record/api-objects.ts';
import { apiServer, type ApiServer } from './api-server.ts';

/** What a watch sends: the type of the event, and the object. */
export type WatchEvent = readonly [type: string, object: KubernetesObject];

/** A workload named `web`, and what its API server answers. */
export interface WorkloadState {
  readonly before: KubernetesObject;
  /** The answer to a change. */
  readonly after: KubernetesObject;
  /** What lists return, by resource. A resource without an entry has no objects. */
  readonly lists: Readonly<Record<string, readonly KubernetesObject[]>>;
  /** Returns what the watches send after the change. */
  readonly events: () => readonly WatchEvent[];
}

/**
 * Starts an API server with one workload, as apiServer() does.
 *
 * @returns also the open watches, by resource
 */
export function workloadServer({
  before,
  after,
  lists,
  events,
}: WorkloadState): ApiServer & { readonly watches: ReadonlyMap<string, ServerResponse> } {
  const watches = new Map<string, ServerResponse>();
  const server = apiServer(({ method, url = '' }, response) => {
    const [path = '', query = ''] = url.split('?');
    const resource = path.split('/').at(-1) ?? '';
    const send = (body: object): void => void response.end(JSON.stringify(body));
    if (method === 'PATCH') {
      send(after);
      for (const [type, object] of events()) {
        watches.get(`${object.kind.toLowerCase()}s`)?.write(`${JSON.stringify({ type, object })}\n`);
      }
    } else if (query.includes('watch=true')) {
      watches.set(resource, response);
      response.writeHead(200).flushHeaders();
    } else if (path === '/version') send({ gitVersion: 'v1.27.4' });
    else if (resource === 'web') send(before);
    else send({ metadata: { resourceVersion: '1' }, items: lists[resource] ?? [] });
  }, 'default');
  return { ...server, watches };
}
