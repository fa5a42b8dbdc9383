import type * as Library from '@kubernetes/client-node' with { 'resolution-mode': 'import' };
import { InputError } from '../errors/input-error';
import { ApiError, unreachable } from './api-error';
import { apiVersionOf, pathOf, type Kind } from './resources';

export interface ClusterOptions {
  /** A kubeconfig file. @default what kubectl uses: KUBECONFIG, else ~/.kube/config, else the pod's own account */
  readonly kubeconfig?: string;
  /** A context of the kubeconfig. @default its current context */
  readonly context?: string;
  /** @default the context's namespace, else `default` */
  readonly namespace?: string;
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';
interface RequestOptions {
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly contentType?: string;
}

/** What the client library takes where it finds no configuration. */
const LIBRARY_FALLBACK = 'http://localhost:8080';

/** An API server, as the kubeconfig says how to reach it. */
export class Cluster {
  private constructor(
    private readonly library: typeof Library,
    private readonly config: Library.KubeConfig,
    readonly context: string,
    readonly server: string,
    readonly namespace: string,
  ) {}

  /** @throws InputError where the kubeconfig cannot be read or names no such context */
  static async connect({ kubeconfig, context, namespace }: ClusterOptions = {}): Promise<Cluster> {
    const library = await import('@kubernetes/client-node');
    const config = new library.KubeConfig();
    try {
      if (kubeconfig === undefined) config.loadFromDefault();
      else config.loadFromFile(kubeconfig);
    } catch (error) {
      const origin = kubeconfig ?? process.env['KUBECONFIG'] ?? 'the kubeconfig';
      throw new InputError(
        `cannot read ${origin}: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
    if (context !== undefined) config.setCurrentContext(context);
    const current = config.getCurrentContext();
    if (kubeconfig === undefined && config.getCurrentCluster()?.server === LIBRARY_FALLBACK) {
      throw new InputError('no cluster is configured: KUBECONFIG is not set and there is no ~/.kube/config');
    }
    const cluster = config.getCurrentCluster();
    if (!cluster) {
      const known = config.getContexts().map(({ name }) => name);
      throw new InputError(
        `context ${JSON.stringify(current)} names no cluster: the kubeconfig has the contexts ${known.join(', ') || '(none)'}`,
      );
    }
    const own = config.getContextObject(current)?.namespace;
    return new Cluster(library, config, current, cluster.server, namespace ?? own ?? 'default');
  }

  /**
   * One request, answered in plain JSON.
   *
   * @throws ApiError where the API server refuses or cannot be reached
   */
  async request(method: Method, path: string, options: RequestOptions = {}): Promise<unknown> {
    const { query = {}, body, contentType = 'application/json' } = options;
    const { ServerConfiguration, IsomorphicFetchHttpLibrary, HttpMethod } = this.library;
    const context = new ServerConfiguration(this.server, {}).makeRequestContext(path, HttpMethod[method]);
    for (const [name, value] of Object.entries(query)) context.setQueryParam(name, value);
    context.setHeaderParam('Accept', 'application/json');
    if (body !== undefined) {
      context.setHeaderParam('Content-Type', contentType);
      context.setBody(JSON.stringify(body));
    }
    await this.config.applySecurityAuthentication(context);
    let status: number;
    let text: string;
    try {
      const response = await new IsomorphicFetchHttpLibrary().send(context).toPromise();
      status = response.httpStatusCode;
      text = await response.body.text();
    } catch (error) {
      throw unreachable(this.server, this.context, error);
    }
    if (status < 200 || status > 299) throw ApiError.from(status, text, `${method} ${path}`);
    return JSON.parse(text);
  }

  /**
   * Watches until the server or the network ends it.
   *
   * @param onEvent gets what the server sends, as it comes
   * @returns once the watch stands, with a way to end it and with how it ends
   * @throws ApiError where it does not come to stand
   */
  async watch(
    path: string,
    query: Readonly<Record<string, string>>,
    onEvent: (type: string, object: unknown) => void,
  ): Promise<{ readonly abort: () => void; readonly ended: Promise<unknown> }> {
    let end: (why: unknown) => void = () => undefined;
    const ended = new Promise<unknown>((resolve) => (end = resolve));
    let failure: unknown;
    const controller = await new this.library.Watch(this.config).watch(
      path,
      query,
      onEvent,
      (why: unknown) => {
        failure = why;
        end(why ?? undefined);
      },
    );
    if (failure) throw unreachable(this.server, this.context, failure);
    return { ended, abort: () => { controller.abort(); } }; // prettier-ignore
  }

  /** Reads one object. */
  read(kind: Kind, namespace: string, name: string): Promise<unknown> {
    return this.request('GET', pathOf(kind, namespace, name));
  }

  /** Creates an object that does not exist yet, as field manager `rollout`. */
  create(kind: Kind, namespace: string, object: object): Promise<unknown> {
    return this.request('POST', pathOf(kind, namespace), {
      query: { fieldManager: 'rollout' },
      body: { ...object, apiVersion: apiVersionOf(kind), kind },
    });
  }

  /** Applies an object server-side, only the fields that it has, as field manager `rollout`. */
  apply(kind: Kind, namespace: string, name: string, object: object): Promise<unknown> {
    return this.request('PATCH', pathOf(kind, namespace, name), {
      query: { fieldManager: 'rollout' },
      contentType: 'application/apply-patch+yaml',
      body: { ...object, apiVersion: apiVersionOf(kind), kind },
    });
  }

  /** Changes fields of an object by JSON Patch, as field manager `rollout`. */
  patch(kind: Kind, namespace: string, name: string, patch: readonly object[]): Promise<unknown> {
    return this.request('PATCH', pathOf(kind, namespace, name), {
      query: { fieldManager: 'rollout' },
      contentType: 'application/json-patch+json',
      body: patch,
    });
  }
}
