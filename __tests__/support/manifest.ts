/** A probe, as far as the tests read it. */
interface Probe {
  readonly httpGet: { readonly path: string; readonly port: number | string };
  readonly periodSeconds: number;
  readonly failureThreshold: number;
  readonly timeoutSeconds?: number;
  readonly terminationGracePeriodSeconds?: number;
}

/** A container, as far as the tests read it. */
export interface Container {
  readonly name: string;
  readonly image: string;
  readonly ports?: readonly { readonly containerPort: number; readonly name?: string }[];
  readonly env?: readonly { readonly name: string; readonly value: string }[];
  readonly envFrom?: readonly { readonly configMapRef: { readonly name: string } }[];
  readonly resources?: Partial<Record<'requests' | 'limits', Readonly<Record<string, string>>>>;
  readonly startupProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly livenessProbe?: Probe;
  readonly securityContext?: Readonly<Record<string, unknown>>;
}

/** Metadata of an object. */
interface Metadata {
  readonly name: string;
  readonly namespace?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Spec of a pod, as far as the tests read it. */
interface PodSpec {
  readonly restartPolicy?: string;
  readonly containers: readonly Container[];
  readonly terminationGracePeriodSeconds?: number;
  readonly automountServiceAccountToken?: boolean;
  readonly securityContext?: Readonly<Record<string, unknown>>;
}

/** A pod, or the template of a workload's pods. */
export interface PodTemplate {
  readonly metadata: Omit<Metadata, 'name'>;
  readonly spec: PodSpec;
}

type Labels = Readonly<Record<string, string>>;

/** Fields that the tests read from the specs of all kinds. */
interface Spec extends Partial<PodSpec> {
  readonly replicas?: number;
  readonly minReadySeconds?: number;
  /** A label selector. The selector of a Service is the labels themselves. */
  readonly selector?: { readonly matchLabels?: Labels; readonly matchExpressions?: unknown };
  readonly strategy?: {
    readonly rollingUpdate: { readonly maxSurge: number | string; readonly maxUnavailable: number | string };
  };
  readonly template?: PodTemplate;
  /** Of a CronJob. */
  readonly jobTemplate?: { readonly spec?: { readonly template?: PodTemplate } };
  readonly ports?: readonly { readonly port: number; readonly targetPort: number | string }[];
  /** Of a NetworkPolicy. */
  readonly podSelector?: { readonly matchLabels?: Labels };
}

/** An object, as far as the tests read it. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Metadata;
  readonly spec?: Spec;
  readonly data?: Readonly<Record<string, string>>;
}

/** Returns a Pod, or the pod template of a workload. Returns undefined for other kinds. */
export function podOf({ kind, metadata, spec }: Manifest): PodTemplate | undefined {
  return kind === 'Pod' && spec?.containers
    ? { metadata, spec: { ...spec, containers: spec.containers } }
    : (spec?.template ?? spec?.jobTemplate?.spec?.template);
}
