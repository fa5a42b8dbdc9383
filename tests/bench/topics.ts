import type { Topic } from './frame/topic';
import { topic as rollouts } from './rollouts';
import { topic as scale } from './scale';
import { topic as serving } from './serving';
import { topic as synth } from './synth';
import { topic as tests } from './tests';

/** Every topic, in the order of the report. */
export const topics: readonly Topic[] = [synth, scale, tests, serving, rollouts];
