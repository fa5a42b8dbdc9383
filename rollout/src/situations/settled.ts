import { seconds, type Finding, type Situation } from './situation';

/** The workload has all that it asks for, and nothing is left to happen. */
export const settled: Situation = {
  name: 'settled',
  says: 'it comes to its end: all pods are as asked for, none is ending',
  find: ({ end: { at, reason, message } }): Finding => ({
    holds: reason === 'settled',
    at,
    because:
      reason === 'settled'
        ? `settled at ${seconds(at)}`
        : `not settled by ${seconds(at)}: ${message ?? reason}`,
  }),
};
