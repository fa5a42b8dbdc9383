import { OnlineInferencePod } from '../../charts/online-inference-pod';
import { containerOf, settings, synth } from '../support/synth';

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
