import { Type } from '@sinclair/typebox';
import { Chart } from 'cdk8s';
import { ConfigMap } from 'cdk8s-plus-27';
import fc from 'fast-check';
import { releaseValues } from '../../src';
import { HelmFolder, outputOf, type Manifest } from '../../src/testing';
import { chartOf } from '../example';

const folder = new HelmFolder();
afterAll(() => {
  folder.remove();
});

/** Strings that could be mistaken for templates, YAML or format strings. */
const nasty = fc
  .array(
    fc.oneof(
      fc.constantFrom(...'{{ }} {{- -}} {{/* */}} { } ` " \' \\ % %s %d'.split(' ')),
      fc.constantFrom(...'\n|\n\n|\t| |  |: |- |#| #|>|&a|*a|!x|---|...'.split('|'), '|'),
      fc.constantFrom('.Values.x', '$', 'include "x" .', 'true', 'null', '~', '1e3', '0x1', 'yes'),
      fc.constantFrom('é', '√', '🚀', '\u2028'),
      fc.string({ maxLength: 5 }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));

/** Line breaks of YAML 1.1. Helm's own `toYaml` does not escape them, and `nindent` breaks lines there. */
const BREAKS = /[\u0085\u2028\u2029]/g;

const values = Type.Object({
  ...releaseValues,
  given: Type.Record(Type.String(), Type.String(), { default: {}, description: 'strings' }),
  inside: Type.String({ default: '', description: 'a string inside others' }),
});

/** Parses a manifest with Helm itself, whose YAML parser knows other line breaks than the one in JavaScript. */
async function parsedByHelm(yaml: string): Promise<Manifest> {
  const reader = folder.write(
    'reader',
    new Map([
      ['Chart.yaml', 'apiVersion: v2\nname: reader\nversion: 1.0.0\n'],
      ['manifest.yaml', yaml],
      ['templates/read.yaml', 'json: {{ .Files.Get "manifest.yaml" | fromYaml | toJson | quote }}\n'],
    ]),
  );
  const [manifest] = await folder.manifests(reader);
  return JSON.parse(String(manifest?.['json'])) as Manifest;
}

test('any string of a chart, and any string in its values, reaches the cluster unchanged', async () => {
  let round = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(nasty, { minLength: 100, maxLength: 100 }), nasty, async (strings, inside) => {
      const own = Object.fromEntries(strings.map((string, i) => [`k${i}`, string]));
      const given = Object.fromEntries(strings.map((string, i) => [`k${i}`, string.replace(BREAKS, ' ')]));
      const chart = chartOf(values, (scope, v, release) => {
        const around = Object.fromEntries(
          strings.map((string, i) => [`a${i}`, `${string}${v.inside}${string}`]),
        );
        new ConfigMap(new Chart(scope, 'x'), 'c', {
          metadata: { name: release.fullname, annotations: v.given },
          data: { ...own, ...around },
        });
      });
      const path = folder.write(`x${round++}`, chart.render());
      const { data, metadata } = await parsedByHelm(outputOf(await folder.template(path, { given, inside })));
      expect(data).toEqual({
        ...own,
        ...Object.fromEntries(strings.map((string, i) => [`a${i}`, `${string}${inside}${string}`])),
      });
      expect(metadata.annotations).toEqual(given);
    }),
    {
      numRuns: 4,
      // YAML 1.1 would fold a space before one of its line breaks
      examples: [[['- \u2028', ' \u0085 '], '- \u2028']],
    },
  );
});
