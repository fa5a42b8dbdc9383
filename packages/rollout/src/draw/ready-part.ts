import type { Mark } from 'vega';
import type { Span } from '../situations/situation.ts';
import { readyPods } from '../timeline/counts.ts';
import type { Sample, Timeline } from '../timeline/timeline.ts';
import { FONT, FRAME, getKnownEnd, type Panel } from './layout.ts';
import { createLayer, fromValues, texts, type Row } from './marks.ts';
import { getHue, INK } from './palette.ts';
import { createCountScale, type Part } from './part.ts';

/** Returns the samples to draw: of several within a pixel the last, and one at the end of the span. */
function thinSamples(samples: readonly Sample[], { from, to }: Span): Sample[] {
  const grain = (to - from) / FRAME.width;
  const steps: Sample[] = [];
  for (const [index, sample] of samples.entries()) {
    const last = steps.at(-1);
    if (last && index > 1 && sample.at - last.at < grain) steps.splice(-1, 1, { ...sample, at: last.at });
    else steps.push(index === 0 ? { ...sample, at: Math.min(from, sample.at) } : sample);
  }
  const last = steps.at(-1);
  return last && last.at < to ? [...steps, { ...last, at: to }] : steps;
}

function getDesiredRows({ workload, changes }: Timeline, { from, to }: Span): Row[] {
  const { before, after } = workload.replicas;
  const scalings = changes.flatMap(({ at, replicas }) =>
    replicas === undefined ? [] : [{ at, desired: replicas }],
  );
  const known = before !== after && scalings.length === 0 ? [{ at: 0, desired: after }] : scalings;
  return [{ at: from, desired: before }, ...known, { at: to, desired: after }];
}

const isOverDraws = ({ prediction }: Timeline): boolean => (prediction?.draws?.count ?? 1) > 1;

/** Returns the fewest and the most ready pods of all draws, none for a single timeline. */
function getBandRows(timeline: Timeline, { to }: Span): Row[] {
  const { band = [] } = timeline.prediction ?? {};
  const last = band.at(-1);
  if (!last || !isOverDraws(timeline)) return [];
  return [...band, { ...last, at: to }].map(({ at, fewest, most }) => ({ at, lower: fewest, upper: most }));
}

/** Returns the largest number of pods that are ready or desired, at least 1. */
export function getMostReady({ samples, workload, prediction }: Timeline, span: Span): number {
  const ready = thinSamples(samples, span).map(readyPods);
  const drawn = (prediction?.band ?? []).map(({ most }) => most);
  return Math.max(1, workload.replicas.before, workload.replicas.after, ...ready, ...drawn);
}

const createSteps =
  (type: 'area' | 'line', scale: string, fields: readonly string[], values: Row) =>
  (data: string): Mark => ({
    type,
    from: { data },
    aria: false,
    encode: {
      update: {
        x: { scale: 'time', field: 'at' },
        ...Object.fromEntries(fields.map((field, index) => [index === 0 ? 'y' : 'y2', { scale, field }])),
        ...fromValues({ interpolate: 'step-after', ...values }),
      },
    },
  });

/**
 * Returns the chart of ready pods, new pods stacked on old ones, with the desired number as a dashed line.
 *
 * @param most largest number of pods in any panel, so that all panels have one scale
 */
export function createReadyPart({ timeline, ready }: Panel, index: number, span: Span, most: number): Part {
  const { heading, top, height } = ready;
  const known = { from: span.from, to: getKnownEnd(timeline, span.to) };
  const steps = thinSamples(timeline.samples, known);
  const old = steps.map((sample) => ({ at: sample.at, lower: 0, upper: sample.old.ready }));
  const now = steps.map((sample) => ({ at: sample.at, lower: sample.old.ready, upper: readyPods(sample) }));
  const band = getBandRows(timeline, known);
  const scale = `ready${index}`;
  const area = (revision: number) =>
    createSteps('area', scale, ['upper', 'lower'], { fill: getHue(revision).full });
  const dashes = { stroke: INK.text, strokeDash: [5, 3], strokeWidth: 1.2 };
  const { after } = timeline.workload.replicas;
  const words = [
    {
      x: 0,
      y: heading,
      text: `ready pods: old below, new on top${band.length > 0 ? '; shaded: from fewest to most of all draws' : ''}`,
      fill: INK.text,
    },
    {
      x: FRAME.width + 6,
      y: top + height * (1 - after / most) + 4,
      text: `desired ${after}`,
      fill: INK.soft,
    },
  ];
  return {
    ...createCountScale(scale, most, ready),
    inside: [
      createLayer(`readyOld${index}`, old, area(0)),
      createLayer(`readyNew${index}`, now, area(1)),
      ...(band.length > 0
        ? [
            createLayer(
              `readyBand${index}`,
              band,
              createSteps('area', scale, ['upper', 'lower'], { fill: INK.text, fillOpacity: 0.16 }),
            ),
          ]
        : []),
      createLayer(
        `desired${index}`,
        getDesiredRows(timeline, known),
        createSteps('line', scale, ['desired'], dashes),
      ),
    ],
    outside: [createLayer(`readyWords${index}`, words, texts({ fontSize: FONT.small }))],
  };
}
