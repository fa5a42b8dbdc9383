import { formatSeconds, type Finding, type Situation } from './situation.ts';

/** No lost requests: every request of the load is answered. */
export const noLostRequests: Situation = {
  name: 'no-lost-requests',
  description: 'no request fails',
  find: ({ load }): Finding => {
    if (!load) return { holds: false, because: 'no requests were sent', unknown: true };
    const { sent, failed, failures } = load;
    if (failed === 0) return { holds: sent > 0, because: `all ${sent} requests are answered` };
    const [first] = failures;
    const because = `${failed} of ${sent} requests fail`;
    if (!first) return { holds: false, because };
    return {
      holds: false,
      at: first.at,
      because: `${because}, the first at ${formatSeconds(first.at)}: ${first.error}`,
    };
  },
};
