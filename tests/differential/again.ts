import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Calibration } from './calibrate';
import type { Case } from './cases';
import { outcomeOf } from './execute';
import { disagreements } from './explain';
import { fakeOptions, realOptions } from './grounds';
import { markdown, type Summary } from './report';
import { tally } from './tally';

/** Predicts and judges kept cases again: `again.ts FOLDER REPORT`, the report without its ending. */
const [folder = '.', report = 'report'] = process.argv.slice(2);

const summary = JSON.parse(readFileSync(`${report}.json`, 'utf8')) as Summary;
const options = summary.title.includes('fake') ? fakeOptions : realOptions;
const files = readdirSync(folder).filter((file) => /^(c\d+-\d+|thousand)\.json$/.test(file));
const outcomes = files.map((file) => {
  const kept = JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Case & {
    readonly measuredAs: Calibration;
    readonly runs: Parameters<typeof tally>[0][number]['runs'];
  };
  return outcomeOf(kept, kept.runs, options(kept.measuredAs));
});
const rows = tally(outcomes);
const again = { ...summary, rows, disagreements: disagreements(outcomes, rows) };
writeFileSync(`${report}.json`, `${JSON.stringify(again, null, 1)}\n`);
writeFileSync(`${report}.md`, markdown(again));
process.stdout.write(markdown(again));
