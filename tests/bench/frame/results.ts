import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Machine } from './machine';
import { ROOT } from './peers';
import type { Measured } from './topic';

/** What is saved of one run of a topic. */
export interface Result extends Measured {
  readonly topic: string;
  readonly machine: Machine;
}

const FOLDER = path.join(ROOT, 'tests/bench/results');
const fileOf = (topic: string): string => path.join(FOLDER, `${topic}.json`);

/** Five digits are more than runs repeat. */
const short = (_: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(5)) : value;

export function save(result: Result): void {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(fileOf(result.topic), `${JSON.stringify(result, short, 1)}\n`);
}

/** What was last saved of a topic, or undefined when nothing was. */
export function saved(topic: string): Result | undefined {
  const file = fileOf(topic);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Result) : undefined;
}
