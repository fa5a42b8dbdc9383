import { difference } from './difference';

const text = (...lines: (string | number)[]): string => `${lines.join('\n')}\n`;

test('texts that are the same have no difference', () => {
  expect(difference({ a: 'one\n' }, { a: 'one\n' })).toBe('');
});

test('what has changed is shown with the lines around it, under the name of its file', () => {
  const before = { 'dist/a.yaml': text(1, 2, 3, 4, 5, 6, 7, 8, 9), 'dist/b.yaml': 'same\n' };
  const after = { ...before, 'dist/a.yaml': text(1, 2, 3, 4, 'five', 6, 7, 8, 9) };
  expect(difference(before, after).split('\n')).toEqual([
    '--- dist/a.yaml',
    '+++ dist/a.yaml',
    '@@ -2,7 +2,7 @@',
    ...[' 2', ' 3', ' 4', '-5', '+five', ' 6', ' 7', ' 8'],
  ]);
});

test('as much is shown around it as is asked for', () => {
  const [before, after] = [{ a: text(1, 2, 3, 4, 5) }, { a: text(1, 2, 'three', 4, 5) }];
  expect(difference(before, after, { context: 0 })).not.toContain(' 2');
  expect(difference(before, after, { context: 1000 })).toContain(' 1\n 2\n-3\n+three\n 4\n 5');
});

test('a file that is new or gone is compared with nothing', () => {
  const shown = difference({ gone: 'old\n' }, { made: 'new\n' });
  expect(shown).toContain('--- gone\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-old');
  expect(shown).toContain('--- /dev/null\n+++ made\n@@ -0,0 +1,1 @@\n+new');
});

test('in colour, what is taken out is red and what is put in green', () => {
  const shown = difference({ a: 'old\n' }, { a: 'new\n' }, { colour: true });
  expect(shown).toContain('\u001b[31m-old\u001b[39m');
  expect(shown).toContain('\u001b[32m+new\u001b[39m');
});
