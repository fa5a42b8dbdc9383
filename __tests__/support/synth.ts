import { Testing, type App, type Chart } from 'cdk8s';
import { readSettings } from '@online-inference/settings';
import { declarations, type Settings } from '../../settings';
import { podOf, type Container, type Manifest } from './manifest';

/** The default settings. */
export const settings: Settings = readSettings(declarations, {});

/** Returns the objects of a chart that is created in its own app. */
export function synth(make: (app: App) => Chart): Manifest[] {
  return Testing.synth(make(Testing.app())) as Manifest[];
}

/** Returns the only manifest of a kind. */
export function only(manifests: readonly Manifest[], kind: string): Manifest {
  const [first, ...others] = manifests.filter((manifest) => manifest.kind === kind);
  if (!first || others.length > 0) {
    throw new Error(`expected 1 ${kind} among ${manifests.map((manifest) => manifest.kind).join(', ')}`);
  }
  return first;
}

/** Returns the only container of the only workload. */
export function containerOf(manifests: readonly Manifest[]): Container {
  const [pod, ...others] = manifests.flatMap((manifest) => podOf(manifest) ?? []);
  const [container, ...more] = pod?.spec.containers ?? [];
  if (!container || others.length + more.length > 0) {
    throw new Error('expected 1 workload with 1 container');
  }
  return container;
}
