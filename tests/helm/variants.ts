import path from 'node:path';
import { parse as parseYaml, stringify } from 'yaml';
import { type Answer, type Folder } from './support';

/** What a chart's files are, by their path. */
export type ChartFiles = ReadonlyMap<string, string>;

/** Helm takes longer for each the more there are. */
const AT_ONCE = 50;

/**
 * Many values for one chart in few runs of Helm: a parent chart has it as a subchart once for each, by an alias.
 */
export class Variants {
  private readonly chunks: readonly { readonly chart: string; readonly values: readonly object[] }[];

  constructor(
    private readonly folder: Folder,
    name: string,
    files: ChartFiles,
    values: readonly object[],
  ) {
    const { name: child, version } = parseYaml(files.get('Chart.yaml') ?? '') as {
      name: string;
      version: string;
    };
    const own = [...files].map(([file, content]): [string, string] => [
      path.join('charts', child, file),
      content,
    ]);
    const starts = Array.from({ length: Math.ceil(values.length / AT_ONCE) }, (_, i) => i * AT_ONCE);
    this.chunks = starts.map((start) => {
      const some = values.slice(start, start + AT_ONCE);
      const dependencies = some.map((_, i) => ({ name: child, version, alias: aliasOf(i) }));
      const parent = { apiVersion: 'v2', name: 'parent', version: '1.0.0', dependencies };
      const chart = folder.chart(`${name}-${start}`, new Map([['Chart.yaml', stringify(parent)], ...own]));
      return { chart, values: some };
    });
  }

  /** What Helm makes of each, as if it had no alias. */
  async texts(): Promise<string[]> {
    const texts = await Promise.all(
      this.chunks.map(async ({ chart, values }) => {
        const answer = await this.answer(chart, values);
        if ('refusal' in answer) {
          throw new Error(answer.refusal);
        }
        return divided(answer.accepted, values.length);
      }),
    );
    return texts.flat();
  }

  /** What Helm says against each; empty where it has nothing to say. */
  async refusals(): Promise<string[]> {
    const refusals = await Promise.all(
      this.chunks.map(async ({ chart, values }) => {
        const answer = await this.answer(chart, values);
        const sections = ('refusal' in answer ? answer.refusal : '').split(/^(?=variant-\d{4}:)/m);
        return values.map((_, i) => sections.find((section) => section.startsWith(`${aliasOf(i)}:`)) ?? '');
      }),
    );
    return refusals.flat();
  }

  private answer(chart: string, values: readonly object[]): Promise<Answer<string>> {
    const byAlias = Object.fromEntries(values.map((own, i) => [aliasOf(i), own]));
    return this.folder.text(chart, byAlias);
  }
}

/** The documents of each alias, in which it stands no more. */
function divided(text: string, count: number): string[] {
  const texts = Array.from({ length: count }, () => '');
  for (const document of text.split(/^---$/m)) {
    const [alias, number] = /variant-(\d{4})/.exec(document) ?? [];
    if (alias !== undefined) {
      const index = Number(number);
      texts[index] = `${texts[index] ?? ''}${document.replaceAll(alias, 'variant')}`;
    }
  }
  return texts;
}

function aliasOf(i: number): string {
  return `variant-${String(i).padStart(4, '0')}`;
}
