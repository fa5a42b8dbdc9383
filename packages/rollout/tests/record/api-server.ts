import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { served, type Served } from './server.ts';

export interface ApiServer {
  /** A folder for the files of a test, removed with the server. */
  readonly folder: string;
  /**
   * Writes a kubeconfig whose context `here` leads to the server.
   *
   * @param port another port @default the server's port
   */
  readonly kubeconfig: (port?: number) => string;
}

/**
 * Starts an API server before the first test of a file and stops it after the last.
 *
 * @param namespace namespace of the context @default none
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
