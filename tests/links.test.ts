import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './kit/dist';
import { output } from './kit/process';

/** Returns the anchor that GitHub gives a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(' ', '-');

const withoutCode = (markdown: string): string =>
  markdown.replace(/^```[^]*?^```/gm, '').replace(/`[^`\n]*`/g, '');

/** Returns the anchors of a page's headings. Code in a heading counts without its backticks. */
const anchorsIn = (markdown: string): Set<string> =>
  new Set(
    [...markdown.replace(/^```[^]*?^```/gm, '').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
      anchorOf(heading),
    ),
  );

/** Returns why a link of a page leads nowhere; undefined if it leads to a file and a heading. */
function fault(page: string, link: string): string | undefined {
  const [file = '', anchor = ''] = decodeURI(link).split('#');
  const target = path.join(ROOT, file === '' ? page : path.join(path.dirname(page), file));
  if (!existsSync(target)) return `${link}: no such file`;
  if (anchor === '' || statSync(target).isDirectory() || !target.endsWith('.md')) return undefined;
  return anchorsIn(readFileSync(target, 'utf8')).has(anchor) ? undefined : `${link}: no such heading`;
}

test('every link in a Markdown file leads to a file and a heading of this repository', async () => {
  const listed = await output(
    'git',
    ['ls-files', '--cached', '--others', '--exclude-standard', '-z', '*.md'],
    { cwd: ROOT },
  );
  const pages = listed.split('\0').filter((page) => page !== '' && existsSync(path.join(ROOT, page)));
  expect(pages).toContain('README.md');
  const broken = pages.flatMap((page) =>
    [...withoutCode(readFileSync(path.join(ROOT, page), 'utf8')).matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, link = '']) => link)
      .filter((link) => !/^[a-z]+:/.test(link))
      .flatMap((link) => fault(page, link) ?? [])
      .map((why) => `${page}: ${why}`),
  );
  expect(broken).toEqual([]);
});
