import { outputOf, type HelmFolder, type HelmResult } from '@online-inference/cdk8s-helm/testing';
import path from 'node:path';
import { parse as parseYaml, stringify } from 'yaml';

/** Content of a chart's files by their path. */
export type ChartFiles = ReadonlyMap<string, string>;

/** Subcharts per parent chart: Helm's time per subchart grows with their number. */
const SUBCHARTS = 50;

/**
 * Renders one chart with many values in few runs of Helm: a parent chart depends on the chart once for each set of
 * values, each time under another alias.
 */
export class Variants {
  private readonly parents: readonly { readonly chart: string; readonly values: readonly object[] }[];

  constructor(
    private readonly folder: HelmFolder,
    name: string,
    files: ChartFiles,
    values: readonly object[],
  ) {
    const child = parseYaml(files.get('Chart.yaml') ?? '') as { name: string; version: string };
    const childFiles = [...files].map(([file, content]): [string, string] => [
      path.join('charts', child.name, file),
      content,
    ]);
    const starts = Array.from({ length: Math.ceil(values.length / SUBCHARTS) }, (_, i) => i * SUBCHARTS);
    this.parents = starts.map((start) => {
      const some = values.slice(start, start + SUBCHARTS);
      const dependencies = some.map((_, i) => ({
        name: child.name,
        version: child.version,
        alias: aliasOf(i),
      }));
      const parent = { apiVersion: 'v2', name: 'parent', version: '1.0.0', dependencies };
      const chart = folder.write(
        `${name}-${start}`,
        new Map([['Chart.yaml', stringify(parent)], ...childFiles]),
      );
      return { chart, values: some };
    });
  }

  /** Returns the rendered YAML for each set of values, in which the alias is replaced. */
  async outputs(): Promise<string[]> {
    const outputs = await Promise.all(
      this.parents.map(async ({ chart, values }) =>
        byAlias(outputOf(await this.template(chart, values)), values.length),
      ),
    );
    return outputs.flat();
  }

  /** Returns Helm's schema errors for each set of values. Empty for values that Helm accepts. */
  async schemaErrors(): Promise<string[]> {
    const errors = await Promise.all(
      this.parents.map(async ({ chart, values }) => {
        const result = await this.template(chart, values);
        const sections = ('error' in result ? result.error : '').split(/^(?=variant-\d{4}:)/m);
        return values.map((_, i) => sections.find((section) => section.startsWith(`${aliasOf(i)}:`)) ?? '');
      }),
    );
    return errors.flat();
  }

  private template(chart: string, values: readonly object[]): Promise<HelmResult> {
    const parentValues = Object.fromEntries(values.map((own, i) => [aliasOf(i), own]));
    return this.folder.template(chart, parentValues);
  }
}

/** Splits a YAML stream by the alias that each document contains. */
function byAlias(yaml: string, count: number): string[] {
  const outputs = Array.from({ length: count }, () => '');
  for (const document of yaml.split(/^---$/m)) {
    const [alias, number] = /variant-(\d{4})/.exec(document) ?? [];
    if (alias !== undefined) {
      const index = Number(number);
      outputs[index] = `${outputs[index] ?? ''}${document.replaceAll(alias, 'variant')}`;
    }
  }
  return outputs;
}

function aliasOf(i: number): string {
  return `variant-${String(i).padStart(4, '0')}`;
}
