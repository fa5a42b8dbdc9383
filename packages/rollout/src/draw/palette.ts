import type { PodState } from '../timeline/timeline';

/** A version's colours: full, tinted, and dark enough to write in. */
export interface Hue {
  readonly full: string;
  readonly tint: string;
  readonly text: string;
}

/**
 * One for each revision of the pod template, which the colour-blind tell apart too.
 *
 * @see https://jfly.uni-koeln.de/color/ the palette of Okabe and Ito
 */
const OLD: Hue = { full: '#0072b2', tint: '#a9cfe6', text: '#005a8c' };
const HUES: readonly Hue[] = [
  OLD,
  { full: '#e69f00', tint: '#fae0ab', text: '#8a5c00' },
  { full: '#cc79a7', tint: '#f0d5e3', text: '#96416f' },
  { full: '#009e73', tint: '#a8ddcc', text: '#006b4e' },
];

export const hueOf = (revision: number): Hue => HUES[revision % HUES.length] ?? OLD;

export const INK = { text: '#1f2328', soft: '#59636e', line: '#d1d9e0', grid: '#eaeef2', crash: '#1f2328' };

/** How a state fills its lane: a part of the lane's height, with or without colour and outline. */
export interface Look {
  readonly height: number;
  readonly fill: (hue: Hue) => string;
  readonly stroke: (hue: Hue) => string | undefined;
  readonly dash?: readonly number[];
}

/** The more a pod does for those who use it, the fuller its lane: told without colour, too. */
export const LOOKS: Readonly<Record<Exclude<PodState, 'gone'>, Look>> = {
  pending: { height: 0.8, fill: () => '#ffffff', stroke: ({ full }) => full, dash: [2, 2] },
  starting: { height: 0.8, fill: ({ tint }) => tint, stroke: ({ full }) => full },
  ready: { height: 0.8, fill: ({ full }) => full, stroke: ({ full }) => full },
  unready: { height: 0.4, fill: ({ tint }) => tint, stroke: ({ full }) => full },
  crashed: { height: 0.8, fill: () => INK.crash, stroke: ({ full }) => full },
  terminating: { height: 0.22, fill: ({ full }) => full, stroke: () => undefined },
};

export type VisibleState = keyof typeof LOOKS;
export const VISIBLE_STATES: readonly VisibleState[] = [
  'pending',
  'starting',
  'ready',
  'unready',
  'crashed',
  'terminating',
];

export const BAND_COLORS = {
  'blue-green': '#00795a',
  rolling: '#7b5ea7',
  mixed: '#7a6543',
  outage: '#b00020',
  gap: '#59636e',
} as const;
export type BandKind = keyof typeof BAND_COLORS;
