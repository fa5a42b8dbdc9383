import { readSettings, variableOf } from '@online-inference/settings';
import { declarations } from '../settings';

// packages/settings/tests has the rules for numbers and choices; here are those of strings.

test.each(Object.entries(declarations.properties))('%s has a default that is allowed', (name, schema) => {
  expect(readSettings(declarations, {})).toHaveProperty(name, schema.default);
  expect(readSettings(declarations, { [variableOf(name)]: String(schema.default) })).toHaveProperty(
    name,
    schema.default,
  );
});

const DIGEST = 'an image digest, sha256: and 64 hexadecimal digits, or empty';

test.each([
  ['IMAGE_REPOSITORY', 'me/it:v3', 'an image repository such as docker.io/'],
  ['IMAGE_REPOSITORY', 'Me/it', 'an image repository such as docker.io/'],
  ['DEMO_TAG', 'a:b', 'an image tag such as v1'],
  ['STEADY_DIGEST', 'v1', DIGEST],
  ['STEADY_DIGEST', 'sha256:', DIGEST],
  ['STEADY_DIGEST', `sha256:${'a'.repeat(63)}`, DIGEST],
  ['STEADY_DIGEST', `sha256:${'A'.repeat(64)}`, DIGEST],
  ['STEADY_DIGEST', `sha512:${'a'.repeat(64)}`, DIGEST],
  ['DEMO_DIGEST', ' ', DIGEST],
])('rejects %s=%j', (variable, text, allowed) => {
  expect(() => readSettings(declarations, { [variable]: text })).toThrow(`but must be ${allowed}`);
});

test.each(['it', 'me/it', 'ghcr.io/me/it', 'localhost:5000/it', 'a.b-c__d/e'])(
  'accepts the image repository %s',
  (text) => {
    expect(readSettings(declarations, { IMAGE_REPOSITORY: text }).imageRepository).toBe(text);
  },
);

test.each(['', `sha256:${'0123456789abcdef'.repeat(4)}`])('accepts the image digest "%s"', (text) => {
  expect(readSettings(declarations, { DEMO_DIGEST: text }).demoDigest).toBe(text);
});
