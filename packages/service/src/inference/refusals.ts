/** Why there is no room for a request. */
export const OVERLOADS = ['queue_full', 'waited_too_long', 'bodies_full'] as const;

const MESSAGES: Readonly<Record<(typeof OVERLOADS)[number], string>> = {
  queue_full: 'overloaded: as much waits for inference as may; try again later',
  waited_too_long: 'overloaded: this waited for inference as long as it may; try again later',
  bodies_full: 'overloaded: the bodies of requests take as much memory as they may; try again later',
};

/** More is asked than can be answered in time. The client may come again. */
export class Overloaded extends Error {
  override readonly name = 'Overloaded';
  readonly statusCode = 503;

  constructor(readonly reason: (typeof OVERLOADS)[number]) {
    super(MESSAGES[reason]);
  }
}

/** Nobody waits for the answer any more. */
export class ClientGone extends Error {
  override readonly name = 'ClientGone';
  /** For the log and the metrics: nginx's number for it. */
  readonly statusCode = 499;
}
