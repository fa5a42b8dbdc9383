import { OnlineInferencePod } from '../../charts/online-inference-pod';
import { OnlineInferencePodResources } from '../../charts/online-inference-pod-resources';
import { containerOf, settings, synth } from '../support/synth';

const manifests = synth((app) => new OnlineInferencePodResources(app, settings));

test('adds requests and limits to step 2, and nothing else', () => {
  const { resources, ...rest } = containerOf(manifests);
  expect(rest).toEqual(containerOf(synth((app) => new OnlineInferencePod(app, settings))));
  expect(Object.keys({ ...resources }).sort()).toEqual(['limits', 'requests']);
  for (const amounts of Object.values({ ...resources })) {
    expect(Object.keys(amounts).sort()).toEqual(['cpu', 'memory']);
  }
});
