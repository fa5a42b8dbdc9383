import type * as Library from '@kubernetes/client-node';
import { InputError } from '../errors/input-error.ts';
import { messageOf } from '../errors/reason.ts';
import { apiVersionOf, urlPathOf, type ObjectKind } from '../rules/kinds.ts';
import { ApiError, unreachable } from './api-error.ts';

/** Which cluster to connect to. */
export interface ClusterOptions {
  /** Path of a kubeconfig file. @default as kubectl: KUBECONFIG, else ~/.kube/config, else the service account of the pod */
  readonly kubeconfig?: string | undefined;
  /** Context of the kubeconfig. @default its current context */
  readonly context?: string | undefined;
  /** Namespace of objects that name none. @default that of the context, else `default` */
  readonly namespace?: string | undefined;
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';
interface RequestOptions {
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly contentType?: string;
}

/** Changes are made in this name. @see https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management */
const query = { fieldManager: 'rollout' };
/** The server that the client library assumes if there is no configuration. */
const LIBRARY_FALLBACK = 'http://localhost:8080';

/** An API server, reached as a kubeconfig says. */
export class Cluster {
  private constructor(
    private readonly library: typeof Library,
    private readonly config: Library.KubeConfig,
    /** Name of the context. */
    readonly context: string,
    /** URL of the API server. */
    readonly server: string,
    /** Namespace of objects that name none. */
    readonly namespace: string,
  ) {}

  /**
   * Reads the kubeconfig. It sends no request.
   *
   * @throws InputError if the kubeconfig cannot be read or does not have the context
   */
  static async connect({ kubeconfig, context, namespace }: ClusterOptions = {}): Promise<Cluster> {
    const library = await import('@kubernetes/client-node');
    const config = new library.KubeConfig();
    try {
      if (kubeconfig === undefined) config.loadFromDefault();
      else config.loadFromFile(kubeconfig);
    } catch (error) {
      const origin = kubeconfig ?? process.env['KUBECONFIG'] ?? 'the kubeconfig';
      throw new InputError(`cannot read ${origin}: ${messageOf(error)}`);
    }
    if (context !== undefined) config.setCurrentContext(context);
    const current = config.getCurrentContext();
    const cluster = config.getCurrentCluster();
    if (kubeconfig === undefined && cluster?.server === LIBRARY_FALLBACK) {
      throw new InputError(
        'no cluster is configured: set KUBECONFIG, create ~/.kube/config, or give a kubeconfig',
      );
    }
    if (!cluster) {
      const known = config.getContexts().map(({ name }) => name);
      throw new InputError(
        `context ${JSON.stringify(current)} has no cluster in the kubeconfig, expected one of its contexts: ${known.join(', ') || '(none)'}`,
      );
    }
    const own = config.getContextObject(current)?.namespace;
    return new Cluster(library, config, current, cluster.server, namespace ?? own ?? 'default');
  }

  /**
   * Sends a request and returns the JSON of the answer.
   *
   * @throws ApiError if the API server rejects the request or cannot be reached
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
    let answer: string;
    try {
      const response = await new IsomorphicFetchHttpLibrary().send(context).toPromise();
      status = response.httpStatusCode;
      answer = await response.body.text();
    } catch (error) {
      throw unreachable(this.server, this.context, error);
    }
    if (status < 200 || status > 299) throw ApiError.from(status, answer, `${method} ${path}`);
    return JSON.parse(answer);
  }

  /**
   * Opens a watch.
   *
   * @param onEvent is called with each event that the API server sends
   * @returns once the watch is open: how to abort it, and a promise of why it ended
   * @throws ApiError if the watch cannot be opened
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

  /** Reads an object. */
  read(kind: ObjectKind, namespace: string, name: string): Promise<unknown> {
    return this.request('GET', urlPathOf(kind, namespace, name));
  }

  /** Creates an object that does not exist yet. */
  create(kind: ObjectKind, namespace: string, object: object): Promise<unknown> {
    const body = { ...object, apiVersion: apiVersionOf(kind), kind };
    return this.request('POST', urlPathOf(kind, namespace), { query, body });
  }

  /** Applies an object server-side: sets only the fields that the object has. */
  apply(kind: ObjectKind, namespace: string, name: string, object: object): Promise<unknown> {
    const body = { ...object, apiVersion: apiVersionOf(kind), kind };
    const contentType = 'application/apply-patch+yaml';
    return this.request('PATCH', urlPathOf(kind, namespace, name), { query, contentType, body });
  }

  /** Changes fields of an object by a JSON Patch. @see https://www.rfc-editor.org/rfc/rfc6902 */
  patch(kind: ObjectKind, namespace: string, name: string, body: readonly object[]): Promise<unknown> {
    const contentType = 'application/json-patch+json';
    return this.request('PATCH', urlPathOf(kind, namespace, name), { query, contentType, body });
  }
}
