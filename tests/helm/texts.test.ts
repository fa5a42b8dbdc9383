import { Type } from '@sinclair/typebox';
import { Chart } from 'cdk8s';
import { ConfigMap } from 'cdk8s-plus-27';
import fc from 'fast-check';
import { releaseValues } from '@online-inference/cdk8s-helm';
import { chartOf } from './chart-of';
import { ownFolder, type Answer, type Manifest } from './support';

jest.setTimeout(60_000);

const folder = ownFolder();

/** Texts that could be taken for templates, YAML or formats, in all mixtures. */
const nasty = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '{{',
        '}}',
        '{{-',
        '-}}',
        '{{/*',
        '*/}}',
        '{',
        '}',
        '`',
        '"',
        "'",
        '\\',
        '%',
        '%s',
        '%d',
      ),
      fc.constantFrom(
        '\n',
        '\n\n',
        '\t',
        ' ',
        '  ',
        ': ',
        '- ',
        '#',
        ' #',
        '|',
        '>',
        '&a',
        '*a',
        '!x',
        '---',
        '...',
      ),
      fc.constantFrom(
        '.Values.x',
        '$',
        'include "x" .',
        'true',
        'null',
        '~',
        '1e3',
        '0x1',
        'yes',
        'é',
        '√',
        '🚀',
        '\u2028',
      ),
      fc.string({ maxLength: 5 }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));

/** Line breaks of YAML 1.1 that Helm's own `toYaml` writes as they are, and `nindent` then tears apart. */
const BREAKS = /[\u0085\u2028\u2029]/g;

const values = Type.Object({
  ...releaseValues,
  given: Type.Record(Type.String(), Type.String(), { default: {}, description: 'texts' }),
  inside: Type.String({ default: '', description: 'a text inside others' }),
});

/** A manifest as Helm itself reads it, which takes other characters for line breaks than JavaScript's parser. */
async function read(answer: Answer<string>): Promise<Manifest> {
  if ('refusal' in answer) {
    throw new Error(answer.refusal);
  }
  const reader = folder.chart(
    'reader',
    new Map([
      ['Chart.yaml', 'apiVersion: v2\nname: reader\nversion: 1.0.0\n'],
      ['manifest.yaml', answer.accepted],
      ['templates/read.yaml', 'json: {{ .Files.Get "manifest.yaml" | fromYaml | toJson | quote }}\n'],
    ]),
  );
  const text = await folder.manifests(reader);
  return JSON.parse(String(text[0]?.['json'])) as Manifest;
}

test("any text of a chart's author, and of its user, is carried through as it is", async () => {
  let round = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(nasty, { minLength: 100, maxLength: 100 }), nasty, async (texts, inside) => {
      const own = Object.fromEntries(texts.map((text, i) => [`k${i}`, text]));
      const given = Object.fromEntries(texts.map((text, i) => [`k${i}`, text.replace(BREAKS, ' ')]));
      const chart = chartOf(values, (scope, v, release) => {
        const around = Object.fromEntries(texts.map((text, i) => [`a${i}`, `${text}${v.inside}${text}`]));
        new ConfigMap(new Chart(scope, 'x'), 'c', {
          metadata: { name: release.fullname, annotations: v.given },
          data: { ...own, ...around },
        });
      });
      const path = folder.chart(`x${round++}`, chart.render());
      const { data, metadata } = await read(await folder.text(path, { given, inside }));
      expect(data).toEqual({
        ...own,
        ...Object.fromEntries(texts.map((text, i) => [`a${i}`, `${text}${inside}${text}`])),
      });
      expect(metadata.annotations).toEqual(given);
    }),
    {
      numRuns: 4,
      // a blank before one of YAML 1.1's line breaks, which YAML would fold away
      examples: [[['- \u2028', ' \u0085 '], '- \u2028']],
    },
  );
});
