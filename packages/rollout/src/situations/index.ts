import { answering } from './answering.ts';
import { blueGreen } from './blue-green.ts';
import { crashFree } from './crash-free.ts';
import { kept, mixedEnd, replaced, settled } from './end-state.ts';
import { fullStrength } from './full-strength.ts';
import { mixedVersions } from './mixed-versions.ts';
import { noLostRequests } from './no-lost-requests.ts';
import { noOutage } from './no-outage.ts';
import { recreate } from './recreate.ts';
import { rolling } from './rolling.ts';
import type { Situation } from './situation.ts';
import { withinBudget } from './within-budget.ts';

/** All situations, in the order in which they are printed. */
export const situations: readonly Situation[] = [
  blueGreen,
  rolling,
  recreate,
  noOutage,
  noLostRequests,
  answering,
  fullStrength,
  withinBudget,
  mixedVersions,
  replaced,
  kept,
  mixedEnd,
  crashFree,
  settled,
];
