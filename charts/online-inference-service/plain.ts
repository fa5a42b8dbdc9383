import { defaultsOf } from '@online-inference/cdk8s-helm';
import { plainRelease } from '../../constructs/labels';
import { plainRollout } from './parts/rollout';
import type { ServiceValues } from './parts/values';
import type { Settings } from '../../settings';
import { chartValues } from './values';
import type { OnlineInferenceServiceProps } from '../online-inference-service';

/**
 * The bonus chart as it is without Helm.
 *
 * @param values what is to be known as values. @default - the defaults of the Helm chart
 */
export function plainService(
  settings: Settings,
  values: ServiceValues = defaultsOf(chartValues(settings)),
): OnlineInferenceServiceProps {
  const release = plainRelease('online-inference', settings.steadyTag, values.commonLabels);
  return { values, release, rollout: plainRollout(values) };
}
