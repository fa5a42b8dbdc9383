import type { Mark } from 'vega' with { 'resolution-mode': 'import' };
import { FONT, FRAME, knownUntil, type Panel } from './layout';
import { texts } from './marks';
import { hueOf, INK } from './palette';
import { chartFrame, table, type Part } from './part';
import { readyRows } from './ready-rows';

/** The ready pods of both versions, one on the other, against those that are wanted. */
export function readyPart(panel: Panel, index: number, span: readonly [number, number], most: number): Part {
  const { heading, top, height } = panel.ready;
  const rows = readyRows(panel.timeline, [span[0], knownUntil(panel.timeline, span[1])]);
  const scale = `ready${index}`;
  const [old, now, desired] = [`readyOld${index}`, `readyNew${index}`, `desired${index}`];
  const area = (data: string, fill: string): Mark => ({
    type: 'area',
    from: { data },
    aria: false,
    encode: {
      update: {
        x: { scale: 'time', field: 'at' },
        y: { scale, field: 'upper' },
        y2: { scale, field: 'lower' },
        interpolate: { value: 'step-after' },
        fill: { value: fill },
      },
    },
  });
  const line: Mark = {
    type: 'line',
    from: { data: desired },
    aria: false,
    encode: {
      update: {
        x: { scale: 'time', field: 'at' },
        y: { scale, field: 'desired' },
        interpolate: { value: 'step-after' },
        stroke: { value: INK.text },
        strokeDash: { value: [5, 3] },
        strokeWidth: { value: 1.2 },
      },
    },
  };
  const { after } = panel.timeline.workload.replicas;
  const words = [
    { x: 0, y: heading, text: 'ready pods: old below, new on top', fill: INK.text },
    { x: FRAME.width + 6, y: top + height * (1 - after / most) + 4, text: `wanted ${after}`, fill: INK.soft },
  ];
  return {
    data: [
      table(old, rows.old),
      table(now, rows.new),
      table(desired, rows.desired),
      table(`readyWords${index}`, words),
    ],
    ...chartFrame(scale, most, top, height),
    inside: [area(old, hueOf(0).full), area(now, hueOf(1).full), line],
    outside: [texts(`readyWords${index}`, { fontSize: FONT.small })],
  };
}
