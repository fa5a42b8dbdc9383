import { defaultsOf } from '../constructs/helm';
import { plainRelease } from '../constructs/labels';
import { plainRollout } from '../constructs/service/rollout';
import type { Settings } from '../settings';
import { chartValues } from '../values';
import type { OnlineInferenceServiceProps } from './online-inference-service';

/** The bonus chart as it is without Helm: the values are the defaults of the Helm chart. */
export function plainService(settings: Settings): OnlineInferenceServiceProps {
  const values = defaultsOf(chartValues(settings));
  const release = plainRelease('online-inference', settings.steadyTag);
  return { values, release, rollout: plainRollout(values) };
}
