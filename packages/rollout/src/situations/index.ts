import { blueGreen } from './blue-green';
import { crashFree } from './crash-free';
import { kept, mixedEnd, replaced, settled } from './end-state';
import { fullStrength } from './full-strength';
import { mixedVersions } from './mixed-versions';
import { noOutage } from './no-outage';
import { recreate } from './recreate';
import { rolling } from './rolling';
import type { Situation } from './situation';
import { withinBudget } from './within-budget';

/** All situations, in the order in which they are printed. */
export const situations: readonly Situation[] = [
  blueGreen,
  rolling,
  recreate,
  noOutage,
  fullStrength,
  withinBudget,
  mixedVersions,
  replaced,
  kept,
  mixedEnd,
  crashFree,
  settled,
];
