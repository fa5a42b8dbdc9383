import { seconds, type Finding, type Situation } from './situation';

/** All old pods have gone, those that were ending among them, before the first new one exists. */
export const recreate: Situation = {
  name: 'recreate',
  says: 'the last old pod has gone before the first new one exists',
  find: ({ samples }): Finding => {
    const first = samples.findIndex((sample) => sample.new.total + sample.new.terminating > 0);
    const sample = samples[first];
    if (!sample) return { holds: false, because: 'there is never a new pod' };
    const left = sample.old.total + sample.old.terminating;
    const because = `${left === 0 ? 'no' : left} old pod${left > 1 ? 's' : ''} left when the first new one exists, at ${seconds(sample.at)}`;
    return { holds: left === 0, at: sample.at, because };
  },
};
