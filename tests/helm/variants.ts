import { outputOf, type HelmResult } from '@online-inference/cdk8s-helm/testing';
import { parse, stringify } from 'yaml';
import { folder } from './dist-chart';

/** Content of a chart's files by their path. */
type ChartFiles = ReadonlyMap<string, string>;

/** Subcharts per parent chart: Helm's time per subchart grows with their number. */
const SUBCHARTS = 50;

const aliasOf = (i: number): string => `variant-${String(i).padStart(4, '0')}`;
let parents = 0;

/**
 * Renders one chart with many values in few runs of Helm: a parent chart depends on the chart once for each set of
 * values, each time under another alias.
 */
function inBatches(
  files: ChartFiles,
  variants: readonly object[],
  read: (result: HelmResult, alias: string) => string,
): Promise<string[]> {
  const { name, version } = parse(files.get('Chart.yaml') ?? '') as { name: string; version: string };
  const batches = Array.from({ length: Math.ceil(variants.length / SUBCHARTS) }, async (_, batch) => {
    const some = variants.slice(batch * SUBCHARTS, (batch + 1) * SUBCHARTS);
    const dependencies = some.map((_values, i) => ({ name, version, alias: aliasOf(i) }));
    const parent = stringify({ apiVersion: 'v2', name: 'parent', version: '1.0.0', dependencies });
    const child = [...files].map(([file, content]) => [`charts/${name}/${file}`, content] as const);
    const chart = folder.write(`parent-${parents++}`, new Map([['Chart.yaml', parent], ...child]));
    const values = Object.fromEntries(some.map((own, i) => [aliasOf(i), own]));
    const result = await folder.template(chart, values);
    return some.map((_values, i) => read(result, aliasOf(i)));
  });
  return Promise.all(batches).then((outputs) => outputs.flat());
}

/** Returns the rendered YAML for each set of values, without its alias. */
export const outputsOf = (files: ChartFiles, variants: readonly object[]): Promise<string[]> =>
  inBatches(files, variants, (result, alias) =>
    outputOf(result)
      .split(/^---$/m)
      .filter((document) => document.includes(alias))
      .join('')
      .replaceAll(alias, 'variant'),
  );

/** Returns Helm's schema errors for each set of values. Empty for values that Helm accepts. */
export const schemaErrorsOf = (files: ChartFiles, variants: readonly object[]): Promise<string[]> =>
  inBatches(files, variants, (result, alias) => {
    const sections = ('error' in result ? result.error : '').split(/^(?=variant-\d{4}:)/m);
    return sections.find((section) => section.startsWith(`${alias}:`)) ?? '';
  });
