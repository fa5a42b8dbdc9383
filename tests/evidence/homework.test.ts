import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../kit/dist';
import { costsOf } from './costs';
import { EvidenceFolder } from './folder';

const { proofs } = new EvidenceFolder(path.join(ROOT, 'docs/evidence/kubernetes-1.27'));
const recorded = new Map(proofs.map(({ scenario, recorded }) => [scenario.id, recorded]));
const compared = ['5a-blue-green', '5b-rolling-update', '5-surge-only', '5-recreate'];

/** Each page, with decimal points instead of decimal commas. */
const pages = ['docs/homework.md', 'docs/homework.ru.md'].map((page): [string, string] => [
  page,
  readFileSync(path.join(ROOT, page), 'utf8').replace(/(\d),(\d)/g, '$1.$2'),
]);

describe.each(pages)('%s', (_page, text) => {
  const rows = text
    .split('\n')
    .filter((line) => /^\| .* \| \d+ (of|из) \d+ +\|$/.test(line))
    .map((line) => line.split('|').slice(2, -1));

  test('quotes the cost of each strategy from its recording', () => {
    const quoted = rows.map((cells) => cells.flatMap((cell) => cell.match(/[\d.]+/g) ?? ['0']).map(Number));
    const costs = compared.map((id) => {
      const timeline = recorded.get(id);
      if (!timeline) throw new Error(`there is no recording ${id}`);
      const { requests, ...cost } = costsOf(timeline);
      return [
        ...[cost.seconds, cost.mostPods, cost.fewestReady, cost.mixedSeconds, cost.allReadySeconds],
        ...[requests?.failed, requests?.sent],
      ];
    });
    expect(quoted).toEqual(costs);
  });

  test('quotes only numbers of requests that a recording counted', () => {
    const quoted = [...text.matchAll(/(?:of|из)\s+(\d{4,})/gi)].map(([, sent]) => Number(sent));
    const sent = [...recorded.values()].map(({ load }) => load?.sent);
    expect(quoted.length).toBeGreaterThan(6);
    expect(quoted.filter((count) => !sent.includes(count))).toEqual([]);
  });
});
