import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseTimeline } from '@online-inference/rollout';
import { draw, terminalSvg } from '@online-inference/rollout/draw';
import { distDigest, distFiles, distObjects } from '../kit/dist';
import type { LimitsEvidence } from './limits';
import { proofOf, type Proof } from './proof';
import { report } from './report';
import { scenarios } from './steps';

/** What a folder of evidence recorded. */
export interface Recorded {
  /** Digest of dist/ at the recording. */
  readonly dist: string;
  /** Kind and name of each object of dist/ at the recording. */
  readonly objects: readonly string[];
  /** What the resources of step 2a did. */
  readonly limits: LimitsEvidence;
}

/** Evidence of one Kubernetes version: timelines, pictures, and the page that follows from them. */
export class EvidenceFolder {
  constructor(readonly path: string) {}

  /** Each scenario with its timelines. */
  get proofs(): Proof[] {
    const timeline = (name: string) => parseTimeline(this.read(name));
    return scenarios
      .filter(({ id }) => existsSync(path.join(this.path, `${id}.recorded.json`)))
      .map((scenario) => {
        const { id } = scenario;
        return proofOf(scenario, timeline(`${id}.predicted.json`), timeline(`${id}.recorded.json`));
      });
  }

  get recorded(): Recorded {
    return JSON.parse(this.read('recorded.json')) as Recorded;
  }

  /** Returns the page. @param isOutdated whether dist/ has changed since the recording */
  page(isOutdated: boolean): string {
    return report(this.proofs, this.recorded.limits, isOutdated);
  }

  async writeProof(proof: Proof): Promise<void> {
    const { scenario, recorded } = proof;
    this.write(`${scenario.id}.recorded.json`, `${JSON.stringify(recorded)}\n`);
    await this.writePrediction(proof);
  }

  /** Writes the prediction, and the picture of it and the recording. */
  async writePrediction({ scenario: { id }, predicted, recorded }: Proof): Promise<void> {
    this.write(`${id}.predicted.json`, `${JSON.stringify(predicted)}\n`);
    this.write(`${id}.svg`, await draw([predicted, recorded], 'svg'));
  }

  writeRecorded(limits: LimitsEvidence): void {
    const objects = distFiles()
      .flatMap((file) => distObjects(path.basename(file, '.yaml')))
      .map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    const recorded: Recorded = { dist: distDigest(), objects, limits };
    this.write('recorded.json', `${JSON.stringify(recorded, null, 2)}\n`);
  }

  writeTerminal(name: string, title: string, text: string): void {
    this.write(`${name}.terminal.svg`, terminalSvg({ title, text }));
  }

  writePage(): void {
    this.write('README.md', this.page(this.recorded.dist !== distDigest()));
  }

  read(name: string): string {
    return readFileSync(path.join(this.path, name), 'utf8');
  }

  private write(name: string, content: string | Buffer): void {
    mkdirSync(this.path, { recursive: true });
    writeFileSync(path.join(this.path, name), content);
  }
}
