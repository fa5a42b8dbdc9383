import { readFileSync } from 'node:fs';
import path from 'node:path';
import { judge, readExceptions, type Exception } from './exceptions';

const finding = {
  check: 'kube-score pod-networkpolicy',
  source: 'helm-minimal',
  object: 'deployment/online-inference',
  message: 'no NetworkPolicy',
  isPassed: false,
};
const why = 'a reason that is long enough to be one';
const exception: Exception = { checks: [finding.check], sources: [finding.source], why };

test.each(['*', 'helm*', '*minimal', 'h*m*l', 'helm-minimal'])(
  'an exception covers a finding of its check if its source is %s',
  (source) => {
    expect(judge([finding], [{ ...exception, sources: [source] }])).toEqual([]);
  },
);

test.each<[string, Partial<Exception>]>([
  ['another check', { checks: ['kube-score container-resources'] }],
  ['a part of the source', { sources: ['minimal'] }],
  ['another object', { objects: ['pod/online-inference'] }],
])('reports the finding and the exception if the exception has %s', (_, other) => {
  expect(judge([finding], [{ ...exception, ...other }])).toEqual([
    'kube-score pod-networkpolicy: deployment/online-inference of helm-minimal: no NetworkPolicy',
    expect.stringMatching(/^exceptions\.yaml: kube-score .* in .* matches no finding; remove it$/),
  ]);
});

test('every check of an exception must match a finding', () => {
  const checks = [finding.check, 'checkov CKV_K8S_8'];
  expect(judge([finding], [{ ...exception, checks }])).toEqual([
    'exceptions.yaml: checkov CKV_K8S_8 in helm-minimal matches no finding; remove it',
  ]);
});

test.each([
  ['a short reason', '[{ checks: [a b], sources: [c], why: noise }]', '/0/why'],
  ['a check without its tool', `[{ checks: [b], sources: [c], why: ${why} }]`, '/0/checks/0'],
  ['a misspelt key', `[{ checks: [a b], sources: [c], object: [d], why: ${why} }]`, '/0/object'],
])('rejects %s and names its path', (_, yaml, place) => {
  expect(() => readExceptions(yaml)).toThrow(`exceptions.yaml: ${place} is `);
});

test('exceptions.yaml is valid', () => {
  const yaml = readFileSync(path.join(__dirname, 'exceptions.yaml'), 'utf8');
  expect(readExceptions(yaml).length).toBeGreaterThan(10);
});
