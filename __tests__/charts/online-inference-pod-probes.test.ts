import { OnlineInferencePodProbes } from '../../charts/online-inference-pod-probes';
import { OnlineInferencePodResources } from '../../charts/online-inference-pod-resources';
import { containerOf, settings, synth } from '../support/synth';

const manifests = synth((app) => new OnlineInferencePodProbes(app, settings));

test('runs the demo image', () => {
  expect(containerOf(manifests).image).toBe(`${settings.imageRepository}:v2`);
  const own = { ...settings, demoTag: 'late' };
  expect(containerOf(synth((app) => new OnlineInferencePodProbes(app, own))).image).toBe(
    `${settings.imageRepository}:late`,
  );
});

test('adds three probes to step 2a and changes the image, and nothing else', () => {
  const { startupProbe, readinessProbe, livenessProbe, image, ...rest } = containerOf(manifests);
  const { image: steady, ...before } = containerOf(
    synth((app) => new OnlineInferencePodResources(app, settings)),
  );
  expect([startupProbe, readinessProbe, livenessProbe]).not.toContain(undefined);
  expect(image).not.toBe(steady);
  expect(rest).toEqual(before);
});

test('a later start raises only the failure threshold of the startup probe', () => {
  const later = { ...settings, latestStartSeconds: 2 * settings.latestStartSeconds };
  const { startupProbe: long, ...rest } = containerOf(
    synth((app) => new OnlineInferencePodProbes(app, later)),
  );
  const { startupProbe: short, ...same } = containerOf(manifests);
  expect(long?.failureThreshold).toBeGreaterThan(Number(short?.failureThreshold));
  expect(rest).toEqual(same);
});

test('appends a digest to the tag', () => {
  const demoDigest = `sha256:${'ab'.repeat(32)}`;
  const own = synth((app) => new OnlineInferencePodProbes(app, { ...settings, demoDigest }));
  expect(containerOf(own).image).toBe(`${settings.imageRepository}:v2@${demoDigest}`);
});
