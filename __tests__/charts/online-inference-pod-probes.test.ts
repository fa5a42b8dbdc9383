import { OnlineInferencePodProbes } from '../../charts/online-inference-pod-probes';
import { OnlineInferencePodResources } from '../../charts/online-inference-pod-resources';
import { containerOf, settings, synth } from '../support/synth';

const manifests = synth((app) => new OnlineInferencePodProbes(app, settings));

test('it is what its snapshot shows', () => {
  expect(manifests).toMatchSnapshot();
});

test('it runs the demo image', () => {
  expect(containerOf(manifests).image).toBe('mivankin/ml_prod_hw2:v2');
  const own = { ...settings, demoTag: 'late' };
  expect(containerOf(synth((app) => new OnlineInferencePodProbes(app, own))).image).toBe(
    'mivankin/ml_prod_hw2:late',
  );
});

test('but for the image, it adds three probes to the pod with resources, and nothing else', () => {
  const { startupProbe, readinessProbe, livenessProbe, image, ...rest } = containerOf(manifests);
  const { image: steady, ...before } = containerOf(
    synth((app) => new OnlineInferencePodResources(app, settings)),
  );
  expect([startupProbe, readinessProbe, livenessProbe]).not.toContain(undefined);
  expect(image).not.toBe(steady);
  expect(rest).toEqual(before);
});

test('a later start is borne by a longer startup budget alone', () => {
  const later = { ...settings, latestStartSeconds: 2 * settings.latestStartSeconds };
  const { startupProbe: long, ...rest } = containerOf(
    synth((app) => new OnlineInferencePodProbes(app, later)),
  );
  const { startupProbe: short, ...same } = containerOf(manifests);
  expect(long?.failureThreshold).toBeGreaterThan(Number(short?.failureThreshold));
  expect(rest).toEqual(same);
});

test('with a digest, it runs that, and the tag stays for people', () => {
  const demoDigest = `sha256:${'ab'.repeat(32)}`;
  const own = synth((app) => new OnlineInferencePodProbes(app, { ...settings, demoDigest }));
  expect(containerOf(own).image).toBe(`mivankin/ml_prod_hw2:v2@${demoDigest}`);
});
