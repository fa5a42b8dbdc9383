import { readFileSync } from 'node:fs';
import path from 'node:path';
import { judge, readExceptions, type Exception, type Finding } from './findings';

const finding: Finding = {
  check: 'kube-score pod-networkpolicy',
  source: 'helm minimal',
  object: 'deployment/online-inference',
  message: 'The pod does not have a matching NetworkPolicy',
};
const why = 'a reason that is long enough to be one';
const exception: Exception = { checks: [finding.check], sources: [finding.source], why };

test('a finding is explained by an exception of its check and source', () => {
  expect(judge([finding], [exception])).toEqual({ unexplained: [], idle: [] });
});

test.each<[string, Partial<Exception>]>([
  ['another check', { checks: ['kube-score container-resources'] }],
  ['another source', { sources: ['helm'] }],
  ['another object', { objects: ['pod/online-inference'] }],
  ['a part of the source', { sources: ['minimal'] }],
  ['a source in which a dot stands for a blank', { sources: ['helm.minimal'] }],
])('it is not explained by an exception of %s, which is idle then', (_, other) => {
  const { unexplained, idle } = judge([finding], [{ ...exception, ...other }]);
  expect(unexplained).toEqual([finding]);
  expect(idle).toHaveLength(1);
});

test.each(['*', 'helm*', '*minimal', 'h*m*l'])('%s matches its source', (pattern) => {
  expect(judge([finding], [{ ...exception, sources: [pattern] }]).unexplained).toEqual([]);
});

test('each check of an exception must explain a finding', () => {
  const checks = [finding.check, 'checkov CKV_K8S_8'];
  expect(judge([finding], [{ ...exception, checks }]).idle).toEqual(['checkov CKV_K8S_8 in helm minimal']);
});

test.each([
  ['no reason', '[{ checks: [a b], sources: [c] }]', '/0/why'],
  ['hardly a reason', '[{ checks: [a b], sources: [c], why: noise }]', '/0/why'],
  ['no source', `[{ checks: [a b], sources: [], why: ${why} }]`, '/0/sources'],
  ['a check without its tool', `[{ checks: [b], sources: [c], why: ${why} }]`, '/0/checks/0'],
  ['a misspelt key', `[{ checks: [a b], sources: [c], object: [d], why: ${why} }]`, '/0/object'],
  ['no list', 'a: b', ''],
])('%s is refused, with its place', (_, yaml, place) => {
  expect(() => readExceptions(yaml)).toThrow(`exceptions: ${place} is `);
});

test('the exceptions of this project are read', () => {
  const yaml = readFileSync(path.join(__dirname, 'exceptions.yaml'), 'utf8');
  expect(readExceptions(yaml).length).toBeGreaterThan(10);
});
