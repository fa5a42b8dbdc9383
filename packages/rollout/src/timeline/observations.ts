import { Type, type Static } from '@sinclair/typebox';
import { Orders } from './orders.ts';
import { closed, count, seconds, string } from './schema-parts.ts';
import { DrawnVerdict, Draws, ReadyRange } from './verdicts.ts';

/** A span in which a recording may have missed something. */
export const Gap = closed('A span in which the recording may have missed something.', {
  from: seconds('When the watch was lost'),
  to: seconds('When the watch was back'),
  reason: string('Which kinds were not watched, and why.'),
});
export type Gap = Static<typeof Gap>;

/** A Kubernetes event about the workload, one of its ReplicaSets or one of its pods. */
export const WorkloadEvent = closed(
  'A Kubernetes event about the workload, one of its ReplicaSets or one of its pods.',
  {
    at: seconds('When the event was seen'),
    kind: string('Kind of the object that the event is about.'),
    name: string('Name of the object that the event is about.'),
    type: Type.Optional(string('Normal or Warning. Absent if the cluster gave none.')),
    reason: string('Reason in one word, such as FailedScheduling.'),
    message: string('Message of the event.'),
    count: Type.Optional(count('How often the event has occurred. Absent if the cluster does not count it.')),
  },
);
export type WorkloadEvent = Static<typeof WorkloadEvent>;

/** Requests to a Service in front of the pods, sent or predicted, and which version answered them. */
export const Load = closed(
  'The requests that were sent at a constant rate during the recording, or that a prediction assumes, and which version answered them.',
  {
    url: string('URL that the requests were sent to. Of a prediction: a Service in front of the pods.'),
    ratePerSecond: Type.Number({ exclusiveMinimum: 0, description: 'Requests a second.' }),
    sent: count('Number of requests sent.'),
    answered: count('Number of requests answered with a status below 400.'),
    failed: count('Number of requests without an answer, or answered with a status from 400.'),
    seconds: Type.Array(
      closed('The requests sent in one second.', {
        at: seconds('When the second begins'),
        answered: Type.Record(Type.String(), Type.Integer({ minimum: 0 }), {
          description: 'Answers by the version that gave them: `old`, `new`, or `unknown`.',
        }),
        failed: count('Number of requests sent in this second that failed.'),
        causes: Type.Optional(
          Type.Record(Type.String(), Type.Integer({ minimum: 0 }), {
            description:
              'Failures of this second by error, such as ECONNREFUSED. Absent if none failed, and in files of before 2.0.',
          }),
        ),
      }),
      { description: 'One entry for each second in which requests were sent, in order of time.' },
    ),
    outages: Type.Optional(
      Type.Array(
        closed('A span in which no new connection would be answered.', {
          from: seconds('When it begins'),
          to: seconds('When it ends'),
        }),
        { description: 'Spans in which no new connection would be answered. Only a prediction knows them.' },
      ),
    ),
    failures: Type.Array(
      closed('One failed request.', {
        at: seconds('When the request was sent'),
        error: string('Why it failed, and on which kind of connection.'),
      }),
      { description: 'The first 500 failed requests, in order of time.' },
    ),
  },
);
export type Load = Static<typeof Load>;

/** The cluster that a recording was made on. */
export const ClusterInfo = closed('The cluster that the recording was made on.', {
  context: Type.Optional(string('Context of the kubeconfig. Absent if unknown.')),
  changedAt: Type.Optional(
    string('Wall-clock time of second 0, in ISO 8601 with milliseconds. Absent if unknown.'),
  ),
  serverVersion: string('Version of the API server, such as v1.27.4.'),
  nodes: Type.Array(
    closed('One node of the cluster, with what it can allocate to pods.', {
      name: string('Name of the node.'),
      kubeletVersion: Type.Optional(string('Version of its kubelet. Absent if unknown.')),
      pods: Type.Optional(count('Number of pods that it can run. Absent if unknown.')),
      cpu: Type.Optional(string('Allocatable CPUs, as a Kubernetes quantity. Absent if unknown.')),
      memory: Type.Optional(
        string('Allocatable memory in bytes, as a Kubernetes quantity. Absent if unknown.'),
      ),
    }),
    { description: 'Nodes of the cluster; empty if the user may not list them.' },
  ),
});
export type ClusterInfo = Static<typeof ClusterInfo>;

/** How a prediction was made. */
export const Prediction = closed(
  'How the prediction was made, and how often each situation holds. The same manifest, change, seed and options give the same timeline.',
  {
    seed: Type.Integer({ description: 'Random seed of this timeline.' }),
    options: Type.Record(Type.String(), Type.Union([Type.Number(), Type.String(), Type.Boolean()]), {
      description: 'Options that the prediction was given, by name; times in seconds.',
    }),
    notModelled: Type.Optional(
      Type.Array(Type.String(), {
        description:
          'What the manifest has that can decide the rollout and is not modelled, or that depends on more than the manifest says: one sentence each. Absent in files of v1.',
      }),
    ),
    draws: Type.Optional(Draws),
    orders: Type.Optional(Orders),
    verdicts: Type.Optional(
      Type.Array(DrawnVerdict, {
        description: 'How often each situation holds in the draws. Absent if there is one draw only.',
      }),
    ),
    failedRequests: Type.Optional(
      closed('Failed requests of a draw. Absent without load, and if there is one draw only.', {
        fewest: count('Fewest of all draws.'),
        median: count('Median of all draws.'),
        most: count('Most of all draws.'),
      }),
    ),
    band: Type.Optional(
      Type.Array(ReadyRange, {
        description:
          'The fewest and the most ready pods of all draws, in order of time. Absent if there is one draw only.',
      }),
    ),
  },
);
export type Prediction = Static<typeof Prediction>;
