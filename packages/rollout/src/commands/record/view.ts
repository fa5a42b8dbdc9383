import pc from 'picocolors';
import type { PodState, Version } from '../../timeline/timeline.ts';
import type { LivePod } from '../../record/recording.ts';

type Colors = ReturnType<typeof pc.createColors>;

/** The progress of a recording at one instant. */
export interface Scene {
  readonly title: string;
  /** Seconds since the first change; undefined before it. */
  readonly elapsed: number | undefined;
  /** Pods that exist. */
  readonly pods: readonly LivePod[];
  /** Seconds on the recording's clock. */
  readonly now: number;
  /** Further lines, such as the progress of the load. */
  readonly notes: readonly string[];
}

const SIGNS: Record<PodState, string> = {
  pending: '·',
  starting: '◔',
  ready: '●',
  unready: '○',
  crashed: '✗',
  terminating: '↓',
  gone: ' ',
};
const ORDER: readonly PodState[] = ['ready', 'unready', 'starting', 'pending', 'crashed', 'terminating'];
/** Rows for the title, both versions and the notes. */
const OTHER_ROWS = 8;

const paint = (colors: Colors, state: PodState, text: string): string => {
  if (state === 'ready') return colors.green(text);
  if (state === 'crashed') return colors.red(text);
  if (state === 'terminating') return colors.dim(text);
  return state === 'unready' ? colors.yellow(text) : text;
};

function tally(pods: readonly LivePod[]): [PodState, number][] {
  return ORDER.map((state): [PodState, number] => [
    state,
    pods.filter((pod) => pod.state === state).length,
  ]).filter(([, count]) => count > 0);
}

/** Returns the number of pods by version and state, in one line. */
export function summary(pods: readonly LivePod[]): string {
  const part = (version: Version): string => {
    const counts = tally(pods.filter((pod) => pod.version === version));
    return `${version} ${counts.map(([state, count]) => `${count} ${state}`).join(', ') || 'none'}`;
  };
  return `${part('old')} | ${part('new')}`;
}

/** Formats a time with its sign, such as `+4.2 s`; `before` if there is no change yet. */
export const formatElapsed = (value: number | undefined): string =>
  value === undefined ? 'before' : `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(1)} s`;

/** Returns the lines of a frame that fits a terminal. */
export function frame(scene: Scene, columns: number, rows: number, colors: Colors = pc): string[] {
  const { title, elapsed, pods, now, notes } = scene;
  const cut = (text: string): string => (text.length > columns ? `${text.slice(0, columns - 1)}…` : text);
  const lines = [colors.bold(cut(`${title}  ${formatElapsed(elapsed)}`))];
  for (const version of ['old', 'new'] as const) {
    const mine = pods.filter((pod) => pod.version === version);
    const words = tally(mine).map(([state, count]) => paint(colors, state, `${count} ${state}`));
    const room = Math.max(0, Math.min(40, columns - 60));
    const signs = ORDER.flatMap((state) => mine.filter((pod) => pod.state === state)).slice(0, room);
    const bar = signs.map(({ state }) => paint(colors, state, SIGNS[state])).join('');
    lines.push(`  ${version}  ${words.join(', ') || colors.dim('none')}  ${bar}`);
  }
  const shown = pods.slice(-Math.max(0, rows - OTHER_ROWS));
  for (const { pod, version, state, since } of shown) {
    const text = cut(
      `    ${pod.padEnd(44)} ${version}  ${SIGNS[state]} ${state.padEnd(12)} ${(now - since).toFixed(0)} s`,
    );
    lines.push(paint(colors, state, text));
  }
  if (shown.length < pods.length) lines.push(colors.dim(`    and ${pods.length - shown.length} older pods`));
  return [...lines, ...notes.map((note) => cut(`  ${note}`))];
}
