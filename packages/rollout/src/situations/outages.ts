import type { Load } from '../timeline/observations.ts';
import type { Span } from './situation.ts';

/** So many requests can fail by chance, while others would be answered. */
const FEW = 10;

/**
 * Returns the spans since the change in which no request is answered. A prediction knows them; in a recording they are
 * whole seconds in which every request failed.
 */
export function findOutages({ seconds, outages, ratePerSecond }: Load): Span[] {
  if (outages) return outages;
  const enough = Math.min(FEW, ratePerSecond / 2);
  const silent = seconds.filter(
    ({ at, answered, failed }) =>
      at >= 0 && failed >= enough && Object.values(answered).every((count) => count === 0),
  );
  return silent.reduce<Span[]>((spans, { at }) => {
    const last = spans.at(-1);
    if (last?.to === at) return [...spans.slice(0, -1), { from: last.from, to: at + 1 }];
    return [...spans, { from: at, to: at + 1 }];
  }, []);
}
