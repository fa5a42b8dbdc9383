import { Testing, type App, type Chart } from 'cdk8s';
import { readSettings } from '@online-inference/settings';
import { declarations, type Settings } from '../../settings';
import { podOf, type Container, type Manifest } from './manifest';

export const settings: Settings = readSettings(declarations, {});

/** What a chart writes, made in an app of its own. */
export function synth(make: (app: App) => Chart): Manifest[] {
  return Testing.synth(make(Testing.app())) as Manifest[];
}

/** The only manifest of a kind. */
export function only(manifests: readonly Manifest[], kind: string): Manifest {
  const [first, ...others] = manifests.filter((manifest) => manifest.kind === kind);
  if (!first || others.length > 0) {
    throw new Error(`not exactly one ${kind}: ${manifests.map((manifest) => manifest.kind).join(', ')}`);
  }
  return first;
}

/** The only container of the only workload. */
export function containerOf(manifests: readonly Manifest[]): Container {
  const [pod, ...others] = manifests.flatMap((manifest) => podOf(manifest) ?? []);
  const [container, ...more] = pod?.spec.containers ?? [];
  if (!container || others.length + more.length > 0) {
    throw new Error('not exactly one workload of one container');
  }
  return container;
}
