import type { Topic } from './frame/topic';

/** Every topic, in the order of the report; each is loaded when it is asked for. */
export const topics: Readonly<Record<string, () => Promise<{ readonly topic: Topic }>>> = {};
