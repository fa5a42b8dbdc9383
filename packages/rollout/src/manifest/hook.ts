import type { ContainerManifest } from './manifest-schema.ts';
import { commandTime, type CommandTime, type Environment } from './shell.ts';

/**
 * Returns the environment of a container. A value may refer to an earlier variable as `$(NAME)`; a value
 * from elsewhere, such as a Secret, is not known.
 *
 * @see https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/
 */
function environmentOf({ env = [] }: ContainerManifest): Environment {
  const known: Record<string, string | undefined> = {};
  for (const variable of env) {
    const { name, value = '' } = variable;
    known[name] =
      'valueFrom' in variable
        ? undefined
        : value.replace(/\$\((\w+)\)/g, (reference, other: string) => known[other] ?? reference);
  }
  return known;
}

/**
 * Returns how long a lifecycle hook takes. The kubelet does not run a hook with `tcpSocket`: it fails at once.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/kubelet/lifecycle/handlers.go `Run`
 */
export function hookTime(given: ContainerManifest, name: 'preStop' | 'postStart'): CommandTime {
  const { sleep, exec, httpGet } = given.lifecycle?.[name] ?? {};
  if (sleep) return { seconds: sleep.seconds, unknown: [] };
  if (exec) return commandTime(exec.command ?? [], environmentOf(given));
  return { seconds: 0, unknown: httpGet === undefined ? [] : ['its httpGet'] };
}

/** Returns what the hooks of a container do that is not known: one sentence each, with the path first. */
export function unknownHooks(given: ContainerManifest, list: 'containers' | 'initContainers'): string[] {
  return (['postStart', 'preStop'] as const).flatMap((name) => {
    const { seconds, unknown } = hookTime(given, name);
    const path = `${list}[name=${given.name}].lifecycle.${name}`;
    return unknown.map(
      (what) => `${path}: how long ${what} takes is not known, taken as ${seconds} s in all`,
    );
  });
}
