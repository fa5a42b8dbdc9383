import { svgToPng, terminalSvg } from '../../src/draw/index.ts';

const escape = String.fromCharCode(27);

test('the picture has every line, commands in their own colour, and the same bytes each time', () => {
  const screen = { title: 'kubectl', text: '$ kubectl get pods\nNAME   READY\nweb-1  1/1\n\n' };
  const svg = terminalSvg(screen);
  expect(svg).toBe(terminalSvg(screen));
  expect([...svg.matchAll(/xml:space="preserve">([^<]*)</g)].map(([, text]) => text)).toEqual([
    '$ kubectl get pods',
    'NAME   READY',
    'web-1  1/1',
  ]);
  expect(svg).toContain('fill="#7ee787"');
});

test('markup is escaped, colour codes are removed, and tabs become spaces', () => {
  const svg = terminalSvg({ title: 'a < b', text: `<none> & "x"\n${escape}[32mgreen${escape}[0m\nab\tc` });
  expect(svg).toContain('&lt;none&gt; &amp; &quot;x&quot;');
  expect(svg).toContain('>green<');
  expect(svg).toContain('>ab      c<');
});

test('a line longer than the terminal wraps', () => {
  const rows = terminalSvg({ title: '', text: 'x'.repeat(25), columns: 10 }).match(/preserve">x+</g);
  expect(rows).toHaveLength(3);
});

test('the picture can be rendered as PNG', async () => {
  const png = await svgToPng(terminalSvg({ title: 't', text: 'x' }), 1);
  expect(png.subarray(1, 4).toString()).toBe('PNG');
});
