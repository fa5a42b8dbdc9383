import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { served, type Served } from './server';

export interface ApiServer {
  /** For what a test writes; it goes with the server. */
  readonly folder: string;
  /**
   * A file whose context `here` leads to the server.
   *
   * @param port of another one @default - its own
   */
  readonly kubeconfig: (port?: number) => string;
}

/**
 * An API server from before a file's first test to after its last.
 *
 * @param namespace of its context @default - none
 */
export function apiServer(answer: RequestListener, namespace?: string): ApiServer {
  const folder = mkdtempSync(path.join(tmpdir(), 'record-'));
  let server: Served;
  beforeAll(async () => {
    server = await served(answer);
  });
  afterAll(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });
  const kubeconfig = (port = server.port): string => {
    const file = path.join(folder, `kubeconfig-${port}`);
    const cluster = { server: `http://127.0.0.1:${port}`, 'insecure-skip-tls-verify': true };
    const config = {
      'current-context': 'here',
      clusters: [{ name: 'c', cluster }],
      users: [{ name: 'u', user: {} }],
      contexts: [{ name: 'here', context: { cluster: 'c', user: 'u', namespace } }],
    };
    writeFileSync(file, JSON.stringify(config));
    return file;
  };
  return { folder, kubeconfig };
}
