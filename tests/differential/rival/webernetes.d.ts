// The package's own declarations import files without an extension, which TypeScript does not resolve for Node.
declare module '@ngrok/webernetes' {
  type Timestamp = Date | string;

  interface StoredObject {
    readonly metadata?: { readonly deletionTimestamp?: Timestamp };
  }

  export interface ProcessContext {
    readonly env: ReadonlyMap<string, string>;
    readonly listenHttp: (
      port: number,
      handler: () => Promise<{ readonly status: number; readonly body: string }>,
    ) => void;
    readonly sleep: (milliseconds: number) => Promise<void>;
    readonly setTimeout: (callback: () => void, milliseconds: number) => number;
    readonly exit: (code: number) => never;
    readonly waitUntilKilled: () => Promise<number>;
  }

  export abstract class BaseImage {
    exec(context: ProcessContext, argv: readonly string[]): Promise<number>;
  }

  export type ImageConstructor = (new () => BaseImage) & {
    readonly imageName: string;
    readonly imageVersion: string;
  };

  interface TerminationEvent {
    readonly container: { readonly env?: readonly { readonly name: string; readonly value?: string }[] };
  }

  export interface LatencyProvider {
    readonly containerTerminationLatency: (context: unknown, event: TerminationEvent) => number;
  }

  export function newLatencyProvider(options: LatencyProvider): LatencyProvider;

  export class Cluster {
    constructor(options: { readonly nodes: number; readonly latencyProvider: LatencyProvider });
    readonly clock: {
      readonly nowMs: () => number;
      readonly pause: () => void;
      readonly step: (milliseconds: number) => void;
    };
    readonly registerImage: (image: ImageConstructor) => void;
    readonly init: () => Promise<void>;
    readonly apply: (resources: readonly object[]) => Promise<readonly StoredObject[]>;
    readonly informer: (
      resource: 'deployments' | 'replicasets' | 'pods',
      callback: (type: 'add' | 'update' | 'delete', object: StoredObject) => void,
    ) => unknown;
  }
}
