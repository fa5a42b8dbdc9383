import { OnlineInferencePod } from '../../charts/online-inference-pod';
import { containerOf, settings, synth } from '../support/synth';
import { OnlineInferencePodResources } from '../../charts/online-inference-pod-resources';
import { OnlineInferencePodProbes } from '../../charts/online-inference-pod-probes';

describe('step 2, a Pod', () => {
  const manifests = synth((app) => new OnlineInferencePod(app, settings));

  test('is a single Pod', () => {
    expect(manifests.map(({ kind, metadata }) => [kind, metadata.name])).toEqual([
      ['Pod', 'online-inference-pod'],
    ]);
  });

  test('has no resources and no probes', () => {
    const { name, image, ports } = containerOf(manifests);
    expect(containerOf(manifests)).toEqual({
      name,
      image,
      ports,
      imagePullPolicy: 'IfNotPresent',
      securityContext: expect.anything() as unknown,
    });
  });

  test('runs the steady image from the repository in the settings', () => {
    expect(containerOf(manifests).image).toBe(`${settings.imageRepository}:v1`);
    const own = { ...settings, imageRepository: 'ghcr.io/me/it', steadyTag: 'main' };
    expect(containerOf(synth((app) => new OnlineInferencePod(app, own))).image).toBe('ghcr.io/me/it:main');
  });

  test('appends a digest to the tag', () => {
    const steadyDigest = `sha256:${'ab'.repeat(32)}`;
    const own = synth((app) => new OnlineInferencePod(app, { ...settings, steadyDigest }));
    expect(containerOf(own).image).toBe(`${settings.imageRepository}:v1@${steadyDigest}`);
  });
});

describe('step 2a, resources', () => {
  const manifests = synth((app) => new OnlineInferencePodResources(app, settings));

  test('adds requests and limits to step 2, and nothing else', () => {
    const { resources, ...rest } = containerOf(manifests);
    expect(rest).toEqual(containerOf(synth((app) => new OnlineInferencePod(app, settings))));
    expect(Object.keys({ ...resources }).sort()).toEqual(['limits', 'requests']);
    for (const amounts of Object.values({ ...resources })) {
      expect(Object.keys(amounts).sort()).toEqual(['cpu', 'memory']);
    }
  });
});

describe('step 3, probes', () => {
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
});
