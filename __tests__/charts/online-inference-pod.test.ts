import { OnlineInferencePod } from '../../charts/online-inference-pod';
import { containerOf, settings, synth } from '../support/synth';

const manifests = synth((app) => new OnlineInferencePod(app, settings));

test('it is what its snapshot shows', () => {
  expect(manifests).toMatchSnapshot();
});

test('it is a single Pod and nothing else', () => {
  expect(manifests.map(({ kind, metadata }) => [kind, metadata.name])).toEqual([
    ['Pod', 'online-inference-pod'],
  ]);
});

test('it asks for no resources and has no probes', () => {
  const { name, image, ports } = containerOf(manifests);
  expect(containerOf(manifests)).toEqual({
    name,
    image,
    ports,
    imagePullPolicy: 'IfNotPresent',
    securityContext: expect.anything() as unknown,
  });
});

test('it runs the steady image of the repository that the settings name', () => {
  expect(containerOf(manifests).image).toBe('mivankin/ml_prod_hw2:v1');
  const own = { ...settings, imageRepository: 'ghcr.io/me/it', steadyTag: 'main' };
  expect(containerOf(synth((app) => new OnlineInferencePod(app, own))).image).toBe('ghcr.io/me/it:main');
});

test('with a digest, it runs that, and the tag stays for people', () => {
  const steadyDigest = `sha256:${'ab'.repeat(32)}`;
  const own = synth((app) => new OnlineInferencePod(app, { ...settings, steadyDigest }));
  expect(containerOf(own).image).toBe(`mivankin/ml_prod_hw2:v1@${steadyDigest}`);
});
