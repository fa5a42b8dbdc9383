import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../frame/peers';
import { reportOf } from '../frame/report';
import { saved } from '../frame/results';
import { topics } from '../topics';

const page = readFileSync(path.join(ROOT, 'docs/benchmarks.md'), 'utf8');
const reported = topics.flatMap((topic) => {
  const result = saved(topic.id);
  return result ? [{ topic, result }] : [];
});

/** Without the spaces and dashes that Prettier aligns tables with. */
const plain = (text: string): string =>
  text.replace(/ +/g, ' ').replace(/-{3,}/g, '---').replace(/\n+/g, '\n');

test('every topic has been measured', () => {
  expect(reported.map(({ topic }) => topic.id)).toEqual(topics.map(({ id }) => id));
});

test('the page says what was measured, and judges each aim by that', () => {
  expect(plain(reportOf(page, reported))).toBe(plain(page));
});

test('each picture of the page is there', () => {
  const pictures = [...page.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map(([, file = '']) => file);
  expect(pictures.length).toBeGreaterThanOrEqual(reported.length);
  expect(pictures.filter((file) => !existsSync(path.join(ROOT, 'docs', file)))).toEqual([]);
});

test('each comparison has ten rounds, or its note or title says why it has fewer', () => {
  const short = reported.flatMap(({ result }) =>
    result.comparisons.filter(({ rows }) => Math.max(...rows.map(({ runs }) => runs.length)) < 10),
  );
  expect(short.filter(({ note = '' }) => !note.includes('rounds'))).toEqual([]);
});
