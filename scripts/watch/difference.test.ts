import { difference } from './difference';

const lines = (...all: (string | number)[]): string => `${all.join('\n')}\n`;

test('returns an empty string for files that are the same', () => {
  expect(difference({ a: 'one\n' }, { a: 'one\n' })).toBe('');
});

test('shows a change with three lines of context, under the name of its file', () => {
  const before = { 'dist/a.yaml': lines(1, 2, 3, 4, 5, 6, 7, 8, 9), 'dist/b.yaml': 'same\n' };
  const after = { ...before, 'dist/a.yaml': lines(1, 2, 3, 4, 'five', 6, 7, 8, 9) };
  expect(difference(before, after).split('\n')).toEqual([
    '--- dist/a.yaml',
    '+++ dist/a.yaml',
    '@@ -2,7 +2,7 @@',
    ...[' 2', ' 3', ' 4', '-5', '+five', ' 6', ' 7', ' 8'],
  ]);
});

test('shows as many lines of context as asked for', () => {
  const [before, after] = [{ a: lines(1, 2, 3, 4, 5) }, { a: lines(1, 2, 'three', 4, 5) }];
  expect(difference(before, after, { context: 0 })).not.toContain(' 2');
  expect(difference(before, after, { context: 1000 })).toContain(' 1\n 2\n-3\n+three\n 4\n 5');
});

test('compares a new or deleted file with /dev/null', () => {
  const shown = difference({ gone: 'old\n' }, { added: 'new\n' });
  expect(shown).toContain('--- gone\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-old');
  expect(shown).toContain('--- /dev/null\n+++ added\n@@ -0,0 +1,1 @@\n+new');
});

test('colours deleted lines red and added lines green', () => {
  const shown = difference({ a: 'old\n' }, { a: 'new\n' }, { colour: true });
  expect(shown).toContain('\u001b[31m-old\u001b[39m');
  expect(shown).toContain('\u001b[32m+new\u001b[39m');
});
