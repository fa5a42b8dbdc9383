import type { PodState } from '../timeline/timeline.ts';

/** The colours of a version. */
export interface Hue {
  readonly full: string;
  readonly tint: string;
  /** Dark enough for text on white. */
  readonly text: string;
}

const OLD: Hue = { full: '#0072b2', tint: '#a9cfe6', text: '#005a8c' };

/**
 * One hue per revision of the pod template, distinguishable by colour-blind readers.
 *
 * @see https://jfly.uni-koeln.de/color/ palette of Okabe and Ito
 */
const HUES: readonly Hue[] = [
  OLD,
  { full: '#e69f00', tint: '#fae0ab', text: '#8a5c00' },
  { full: '#cc79a7', tint: '#f0d5e3', text: '#96416f' },
  { full: '#009e73', tint: '#a8ddcc', text: '#006b4e' },
];

/** Returns the hue of a revision. Revisions beyond the palette start over. */
export const getHue = (revision: number): Hue => HUES[revision % HUES.length] ?? OLD;

export const INK = { text: '#1f2328', soft: '#59636e', line: '#d1d9e0', grid: '#eaeef2', crash: '#1f2328' };

/** How a state is drawn in its lane. */
interface Look {
  /** Share of the lane's height, 0 to 1. */
  readonly height: number;
  readonly fill: (hue: Hue) => string;
  readonly stroke: (hue: Hue) => string | undefined;
  readonly dash?: readonly number[];
}

/** Height and outline distinguish the states without colour: a ready pod fills its lane most. */
export const LOOKS: Readonly<Record<Exclude<PodState, 'gone'>, Look>> = {
  pending: { height: 0.8, fill: () => '#ffffff', stroke: ({ full }) => full, dash: [2, 2] },
  starting: { height: 0.8, fill: ({ tint }) => tint, stroke: ({ full }) => full },
  ready: { height: 0.8, fill: ({ full }) => full, stroke: ({ full }) => full },
  unready: { height: 0.4, fill: ({ tint }) => tint, stroke: ({ full }) => full },
  crashed: { height: 0.8, fill: () => INK.crash, stroke: ({ full }) => full },
  terminating: { height: 0.22, fill: ({ full }) => full, stroke: () => undefined },
};

type VisibleState = keyof typeof LOOKS;

/** The states with a look, in the order of the legend. */
export const VISIBLE_STATES: readonly VisibleState[] = [
  'pending',
  'starting',
  'ready',
  'unready',
  'crashed',
  'terminating',
];

/** The fields of a row that style its bar. */
interface Style {
  readonly fill: string;
  readonly stroke: string | null;
  readonly strokeDash: readonly number[];
}

/** Returns how a state of a version is drawn. */
export function getStyle(revision: number, state: VisibleState): Style {
  const [look, hue] = [LOOKS[state], getHue(revision)];
  return { fill: look.fill(hue), stroke: look.stroke(hue) ?? null, strokeDash: look.dash ?? [] };
}

export const BAND_COLORS = {
  'blue-green': '#00795a',
  rolling: '#7b5ea7',
  mixed: '#7a6543',
  outage: '#b00020',
  gap: '#59636e',
} as const;
export type BandKind = keyof typeof BAND_COLORS;
