/** More is asked than can be answered in time. The client may come again. */
export class Overloaded extends Error {
  override readonly name = 'Overloaded';
  readonly statusCode = 503;

  constructor(readonly reason: 'queue_full' | 'waited_too_long') {
    super(
      reason === 'queue_full'
        ? 'overloaded: as much waits for inference as may; try again later'
        : 'overloaded: this waited for inference as long as it may; try again later',
    );
  }
}

/** Nobody waits for the answer any more. */
export class ClientGone extends Error {
  override readonly name = 'ClientGone';
  /** For the log and the metrics: nginx's number for it. */
  readonly statusCode = 499;
}
