import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseTimeline, type Timeline } from '@online-inference/rollout';
import { draw, terminalSvg } from '@online-inference/rollout/draw';
import type { LimitsEvidence } from './limits';
import { proofOf, type Proof } from './proof';
import { report } from './report';
import { scenarios } from './steps';

/** The evidence of one version of Kubernetes: timelines, pictures, and the page that is made of them. */
export class EvidenceFolder {
  constructor(readonly path: string) {
    mkdirSync(path, { recursive: true });
  }

  /** Every scenario whose timelines are here, its claims tried again. */
  get proofs(): Proof[] {
    return scenarios
      .filter(({ id }) => existsSync(this.file(`${id}.recorded.json`)))
      .map((scenario) => {
        const { id } = scenario;
        return proofOf(scenario, this.timeline(`${id}.predicted.json`), this.timeline(`${id}.recorded.json`));
      });
  }

  /** The page that the timelines and measurements here make. */
  get page(): string {
    return report(this.proofs, JSON.parse(readFileSync(this.file('limits.json'), 'utf8')) as LimitsEvidence);
  }

  async keep({ scenario: { id }, predicted, recorded }: Proof): Promise<void> {
    this.write(`${id}.predicted.json`, `${JSON.stringify(predicted)}\n`);
    this.write(`${id}.recorded.json`, `${JSON.stringify(recorded)}\n`);
    this.write(`${id}.svg`, await draw([predicted, recorded], 'svg'));
  }

  keepLimits(limits: LimitsEvidence): void {
    this.write('limits.json', `${JSON.stringify(limits, null, 2)}\n`);
  }

  keepScreen(name: string, title: string, text: string): void {
    this.write(`${name}.terminal.svg`, terminalSvg({ title, text }));
  }

  keepPage(): void {
    this.write('README.md', this.page);
  }

  private timeline(name: string): Timeline {
    return parseTimeline(readFileSync(this.file(name), 'utf8'));
  }

  private write(name: string, content: string | Buffer): void {
    writeFileSync(this.file(name), content);
  }

  private file(name: string): string {
    return path.join(this.path, name);
  }
}
