import { crash } from './crash';
import { deletePods } from './delete-pods';
import { drain } from './drain';
import { kill } from './kill';
import { blueGreen, rolling } from './rollouts';
import { scale } from './scale';
import type { Scenario } from './scenario';

/** Observed beside each other: they take the longest, and each mostly waits. */
export const together: readonly Scenario[] = [blueGreen, rolling];

/** Observed one after another. */
export const inTurn: readonly Scenario[] = [scale, deletePods, drain, kill, crash];

export const scenarios: readonly Scenario[] = [...together, ...inTurn];
