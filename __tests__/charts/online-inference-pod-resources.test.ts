import { OnlineInferencePod } from '../../charts/online-inference-pod';
import { OnlineInferencePodResources } from '../../charts/online-inference-pod-resources';
import { containerOf, settings, synth } from '../support/synth';

const manifests = synth((app) => new OnlineInferencePodResources(app, settings));

test('it is what its snapshot shows', () => {
  expect(manifests).toMatchSnapshot();
});

test('it adds requests and limits to the simplest pod, and nothing else', () => {
  const { resources, ...rest } = containerOf(manifests);
  expect(rest).toEqual(containerOf(synth((app) => new OnlineInferencePod(app, settings))));
  expect(Object.keys({ ...resources }).sort()).toEqual(['limits', 'requests']);
  for (const amounts of Object.values({ ...resources })) {
    expect(Object.keys(amounts).sort()).toEqual(['cpu', 'memory']);
  }
});
