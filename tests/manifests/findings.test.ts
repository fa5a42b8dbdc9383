import { readFileSync } from 'node:fs';
import path from 'node:path';
import { judge, readExceptions, type Exception, type Finding } from './findings';

const finding: Finding = {
  check: 'kube-score pod-networkpolicy',
  source: 'helm minimal',
  object: 'deployment/online-inference',
  message: 'no NetworkPolicy',
};
const why = 'a reason that is long enough to be one';
const exception: Exception = { checks: [finding.check], sources: [finding.source], why };

test('an exception covers a finding of its check and source', () => {
  expect(judge([finding], [exception])).toEqual([]);
});

test.each<[string, Partial<Exception>]>([
  ['another check', { checks: ['kube-score container-resources'] }],
  ['another source', { sources: ['helm'] }],
  ['another object', { objects: ['pod/online-inference'] }],
  ['a part of the source', { sources: ['minimal'] }],
  ['a dot where the source has a blank', { sources: ['helm.minimal'] }],
])('reports the finding and the exception if the exception has %s', (_, other) => {
  const [unexplained, unused, ...others] = judge([finding], [{ ...exception, ...other }]);
  expect(unexplained).toBe(
    'kube-score pod-networkpolicy: deployment/online-inference of helm minimal: no NetworkPolicy',
  );
  expect(unused).toMatch(/^exceptions\.yaml: kube-score .* in .* matches no finding; remove it$/);
  expect(others).toEqual([]);
});

test.each(['*', 'helm*', '*minimal', 'h*m*l'])('%s matches the source', (pattern) => {
  expect(judge([finding], [{ ...exception, sources: [pattern] }])).toEqual([]);
});

test('every check of an exception must match a finding', () => {
  const checks = [finding.check, 'checkov CKV_K8S_8'];
  expect(judge([finding], [{ ...exception, checks }])).toEqual([
    'exceptions.yaml: checkov CKV_K8S_8 in helm minimal matches no finding; remove it',
  ]);
});

test.each([
  ['no reason', '[{ checks: [a b], sources: [c] }]', '/0/why'],
  ['a short reason', '[{ checks: [a b], sources: [c], why: noise }]', '/0/why'],
  ['no source', `[{ checks: [a b], sources: [], why: ${why} }]`, '/0/sources'],
  ['a check without its tool', `[{ checks: [b], sources: [c], why: ${why} }]`, '/0/checks/0'],
  ['a misspelt key', `[{ checks: [a b], sources: [c], object: [d], why: ${why} }]`, '/0/object'],
  ['an object instead of a list', 'a: b', ''],
])('rejects %s and names its path', (_, yaml, place) => {
  expect(() => readExceptions(yaml)).toThrow(`exceptions.yaml: ${place} is `);
});

test('exceptions.yaml is valid', () => {
  const yaml = readFileSync(path.join(__dirname, 'exceptions.yaml'), 'utf8');
  expect(readExceptions(yaml).length).toBeGreaterThan(10);
});
