import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../kit/dist';
import { markdown, Report, sum } from './report';

const FOLDER = path.join(ROOT, 'docs/evidence/fuzz');
const committed = JSON.parse(readFileSync(path.join(FOLDER, 'report.json'), 'utf8')) as Report;

test('docs/evidence/fuzz/README.md shows report.json', () => {
  expect(readFileSync(path.join(FOLDER, 'README.md'), 'utf8')).toBe(markdown(committed));
});

test('the committed report has every part and no failure', () => {
  expect(Object.keys(committed.requests).sort()).toEqual([
    'flood',
    'inference',
    'raw',
    'schemathesis',
    'slow',
  ]);
  expect(sum(committed.requests['inference'] ?? {})).toBeGreaterThanOrEqual(10_000);
  expect(committed.failures).toEqual([]);
});

test('the service closed every connection that was held open', () => {
  expect(committed.slow.filter(({ connections, closed }) => closed < connections)).toEqual([]);
});

test('a report counts requests by part and status, faults by name, and shows failures', () => {
  jest.spyOn(console, 'error').mockReturnValue();
  const report = new Report('npm run test:fuzz', 7);
  report.count('raw', 400, 'two Host headers');
  report.count('raw', 'reset', 'two Host headers + NUL in a value');
  report.fail('raw', new Error('expected 400, got 200'));
  expect(report.requests).toEqual({ raw: { 400: 1, reset: 1 } });
  expect(report.faults).toEqual({ 'two Host headers': 2, 'NUL in a value': 1 });
  const page = markdown(report);
  expect(page).toContain('2 requests with 2 kinds of faults');
  expect(page).toContain('| raw | 2 | 1 | 1 |');
  expect(page).toContain('**raw**: expected 400, got 200');
  jest.restoreAllMocks();
});
