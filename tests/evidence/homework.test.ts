import { readFileSync } from 'node:fs';
import path from 'node:path';
import { costsOf } from './costs';
import { EvidenceFolder } from './folder';
import { ROOT } from '../../__tests__/support/dist';

const { proofs } = new EvidenceFolder(path.join(ROOT, 'docs/evidence/kubernetes-1.27'));
const recorded = new Map(proofs.map(({ scenario, recorded }) => [scenario.id, recorded]));
const compared = ['5a-blue-green', '5b-rolling-update', '5-surge-only', '5-recreate'];

/** A page's text with the numbers of its language as English writes them. */
const pages = ['docs/homework.md', 'docs/homework.ru.md'].map((page): [string, string] => [
  page,
  readFileSync(path.join(ROOT, page), 'utf8').replace(/(\d),(\d)/g, '$1.$2'),
]);

describe.each(pages)('%s', (_page, text) => {
  const rows = text
    .split('\n')
    .filter((line) => /^\| .* \| \d+ (of|из) \d+ +\|$/.test(line))
    .map((line) => line.split('|').slice(2, -1));

  test('says of each strategy what its recording cost', () => {
    const numbers = rows.map((cells) => cells.flatMap((cell) => cell.match(/[\d.]+/g) ?? ['0']).map(Number));
    const costs = compared.map((id) => {
      const timeline = recorded.get(id);
      if (!timeline) throw new Error(`there is no recording ${id}`);
      const { seconds, mostPods, fewestReady, mixedSeconds, allReadySeconds, requests } = costsOf(timeline);
      return [
        seconds,
        mostPods,
        fewestReady,
        mixedSeconds,
        allReadySeconds,
        requests?.failed,
        requests?.sent,
      ];
    });
    expect(numbers).toEqual(costs);
  });

  test('counts the requests that the recordings count', () => {
    const told = [...text.matchAll(/(?:of|из)\s+(\d{4,})/gi)].map(([, sent]) => Number(sent));
    const sent = [...recorded.values()].map(({ load }) => load?.sent);
    expect(told.length).toBeGreaterThan(6);
    expect(told.filter((count) => !sent.includes(count))).toEqual([]);
  });
});
