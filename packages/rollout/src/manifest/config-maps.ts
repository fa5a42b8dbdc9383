import type { ContainerManifest, TemplateManifest } from './manifest-schema.ts';

/** The data of ConfigMaps, by name. */
export type ConfigMaps = ReadonlyMap<string, Readonly<Record<string, string>>>;

type Variables = NonNullable<ContainerManifest['env']>;

/**
 * Returns the environment of a container with the values of ConfigMaps. A variable of `env` takes precedence over one
 * of `envFrom`, and the later of two over the earlier.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/kubelet/kubelet_pods.go `makeEnvironmentVariables`
 */
function withValues<T extends ContainerManifest>(container: T, configMaps: ConfigMaps): T {
  const { env = [], envFrom = [] } = container;
  const fromMaps = envFrom.flatMap(({ prefix = '', configMapRef }): Variables => {
    const data = configMaps.get(configMapRef?.name ?? '') ?? {};
    return Object.entries(data).map(([name, value]) => ({ name: `${prefix}${name}`, value }));
  });
  const own = env.map((variable) => {
    const { name = '', key = '' } = variable.valueFrom?.configMapKeyRef ?? {};
    const value = configMaps.get(name)?.[key];
    return value === undefined ? variable : { ...variable, value };
  });
  return fromMaps.length + own.length === 0 ? container : { ...container, env: [...fromMaps, ...own] };
}

/** Returns a template whose containers have the values of the ConfigMaps that their environment names. */
export function withConfigMaps(template: TemplateManifest, configMaps: ConfigMaps): TemplateManifest {
  if (configMaps.size === 0) return template;
  const { containers, initContainers } = template.spec;
  const spec = {
    ...template.spec,
    containers: containers.map((each) => withValues(each, configMaps)),
    ...(initContainers && { initContainers: initContainers.map((each) => withValues(each, configMaps)) }),
  };
  return { ...template, spec };
}
