export interface Probe {
  readonly httpGet: { readonly path: string; readonly port: number | string };
  readonly periodSeconds: number;
  readonly failureThreshold: number;
  readonly timeoutSeconds?: number;
  readonly terminationGracePeriodSeconds?: number;
}

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly ports: readonly { readonly containerPort: number; readonly name?: string }[];
  readonly envFrom?: readonly { readonly configMapRef: { readonly name: string } }[];
  readonly resources?: Partial<Record<'requests' | 'limits', Readonly<Record<string, string>>>>;
  readonly startupProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly livenessProbe?: Probe;
  readonly securityContext?: Readonly<Record<string, unknown>>;
}

export interface Metadata {
  readonly name: string;
  readonly namespace?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface PodSpec {
  readonly containers: readonly Container[];
  readonly terminationGracePeriodSeconds?: number;
  readonly automountServiceAccountToken?: boolean;
  readonly securityContext?: Readonly<Record<string, unknown>>;
}

export interface PodTemplate {
  readonly metadata: Omit<Metadata, 'name'>;
  readonly spec: PodSpec;
}

type Labels = Readonly<Record<string, string>>;

/** As much of every kind's spec as the tests read. */
export interface Spec extends Partial<PodSpec> {
  readonly replicas?: number;
  readonly minReadySeconds?: number;
  /** A label selector; a Service's is the labels themselves. */
  readonly selector?: { readonly matchLabels?: Labels; readonly matchExpressions?: unknown };
  readonly strategy?: {
    readonly rollingUpdate: { readonly maxSurge: number | string; readonly maxUnavailable: number | string };
  };
  readonly template?: PodTemplate;
  readonly ports?: readonly { readonly port: number; readonly targetPort: number | string }[];
  /** Of a NetworkPolicy. */
  readonly podSelector?: { readonly matchLabels?: Labels };
}

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Metadata;
  readonly spec?: Spec;
  readonly data?: Readonly<Record<string, string>>;
}

/** The pod of a Pod, or of a workload's template; undefined for what has no pods. */
export function podOf({ kind, metadata, spec }: Manifest): PodTemplate | undefined {
  return kind === 'Pod' && spec?.containers
    ? { metadata, spec: { ...spec, containers: spec.containers } }
    : spec?.template;
}
