import { duplicate, forbidden, invalid, notSupported, oneOf, required } from '../field-error.ts';
import { checkLabelKey, checkLabels, checkLabelValue } from './formats.ts';
import type { LoosePodSpec } from './loose.ts';

type Affinity = NonNullable<LoosePodSpec['affinity']>;
type Selector = NonNullable<NonNullable<LoosePodSpec['topologySpreadConstraints']>[number]['labelSelector']>;
type Requirement = NonNullable<Selector['matchExpressions']>[number];
type NodeTerm = NonNullable<
  NonNullable<Affinity['nodeAffinity']>['preferredDuringSchedulingIgnoredDuringExecution']
>[number]['preference'];
type PodAffinity = NonNullable<Affinity['podAffinity']>;
type PodTerm = NonNullable<PodAffinity['requiredDuringSchedulingIgnoredDuringExecution']>[number];

const required_ = 'requiredDuringSchedulingIgnoredDuringExecution';
const preferred = 'preferredDuringSchedulingIgnoredDuringExecution';

/** Yields errors for the expressions of a label selector, or of a node selector, which can also compare. */
function* checkExpressions(
  expressions: readonly Requirement[] = [],
  path: string,
  compares = false,
): Generator<string> {
  for (const [index, { key = '', operator = '', values = [] }] of expressions.entries()) {
    const own = `${path}[${index}]`;
    if (['In', 'NotIn'].includes(operator)) {
      if (values.length === 0)
        yield required(`${own}.values`, "must be specified when `operator` is 'In' or 'NotIn'");
    } else if (['Exists', 'DoesNotExist'].includes(operator)) {
      const detail = "may not be specified when `operator` is 'Exists' or 'DoesNotExist'";
      if (values.length > 0) yield forbidden(`${own}.values`, detail);
    } else if (compares && ['Gt', 'Lt'].includes(operator)) {
      const detail = "must be specified single value when `operator` is 'Lt' or 'Gt'";
      if (values.length !== 1) yield required(`${own}.values`, detail);
    } else yield invalid(`${own}.operator`, operator, 'not a valid selector operator');
    yield* checkLabelKey(`${own}.key`, key);
    if (!compares) for (const value of values) yield* checkLabelValue(`${own}.values`, value);
  }
}

/** Yields errors for a label selector. */
export function* checkSelector({ matchLabels, matchExpressions }: Selector, path: string): Generator<string> {
  yield* checkLabels(`${path}.matchLabels`, matchLabels);
  yield* checkExpressions(matchExpressions, `${path}.matchExpressions`);
}

const checkNodeTerm = (term: NodeTerm, path: string): Generator<string> =>
  checkExpressions(term?.matchExpressions, `${path}.matchExpressions`, true);

function* checkWeight(weight: number | undefined, path: string): Generator<string> {
  if (!weight || weight < 1 || weight > 100)
    yield invalid(`${path}.weight`, weight ?? 0, 'must be in the range 1-100');
}

function* checkNodeAffinity(
  affinity: NonNullable<Affinity['nodeAffinity']>,
  path: string,
): Generator<string> {
  const { [required_]: needed, [preferred]: wanted = [] } = affinity;
  const terms = needed?.nodeSelectorTerms ?? [];
  if (needed && terms.length === 0) {
    yield required(`${path}.${required_}.nodeSelectorTerms`, 'must have at least one node selector term');
  }
  for (const [index, term] of terms.entries()) {
    yield* checkNodeTerm(term, `${path}.${required_}.nodeSelectorTerms[${index}]`);
  }
  for (const [index, { weight, preference }] of wanted.entries()) {
    yield* checkWeight(weight, `${path}.${preferred}[${index}]`);
    yield* checkNodeTerm(preference, `${path}.${preferred}[${index}].preference`);
  }
}

function* checkTopologyKey(key: string | undefined, path: string): Generator<string> {
  if (key) yield* checkLabelKey(path, key);
  else yield required(path, 'can not be empty');
}

function* checkPodTerm({ topologyKey, labelSelector }: PodTerm, path: string): Generator<string> {
  yield* checkTopologyKey(topologyKey, `${path}.topologyKey`);
  if (labelSelector) yield* checkSelector(labelSelector, `${path}.labelSelector`);
}

function* checkPodAffinity(affinity: PodAffinity, path: string): Generator<string> {
  for (const [index, term] of (affinity[required_] ?? []).entries()) {
    yield* checkPodTerm(term, `${path}.${required_}[${index}]`);
  }
  for (const [index, { weight, podAffinityTerm = {} }] of (affinity[preferred] ?? []).entries()) {
    yield* checkWeight(weight, `${path}.${preferred}[${index}]`);
    yield* checkPodTerm(podAffinityTerm, `${path}.${preferred}[${index}].podAffinityTerm`);
  }
}

function* checkTolerations(spec: LoosePodSpec, path: string): Generator<string> {
  for (const [index, toleration] of (spec.tolerations ?? []).entries()) {
    const { key = '', operator = '', value = '', effect = '', tolerationSeconds } = toleration;
    const own = `${path}[${index}]`;
    if (key !== '') yield* checkLabelKey(`${own}.key`, key);
    else if (operator !== 'Exists') {
      const detail =
        'operator must be Exists when `key` is empty, which means "match all values and all keys"';
      yield invalid(`${own}.operator`, operator, detail);
    }
    if (tolerationSeconds !== undefined && effect !== 'NoExecute') {
      yield invalid(`${own}.effect`, effect, "effect must be 'NoExecute' when `tolerationSeconds` is set");
    }
    if (operator === 'Exists' && value !== '') {
      yield invalid(`${own}.operator`, value, "value must be empty when `operator` is 'Exists'");
    }
    if (!['', 'Equal', 'Exists', 'Lt', 'Gt'].includes(operator)) {
      yield notSupported(`${own}.operator`, operator, ['Equal', 'Exists']);
    }
    yield* oneOf(`${own}.effect`, effect, ['NoSchedule', 'PreferNoSchedule', 'NoExecute']);
  }
}

function* checkSpread(spec: LoosePodSpec, path: string): Generator<string> {
  const seen = new Set<string>();
  for (const [index, constraint] of (spec.topologySpreadConstraints ?? []).entries()) {
    const { maxSkew = 0, topologyKey = '', whenUnsatisfiable = '', minDomains, labelSelector } = constraint;
    const own = `${path}[${index}]`;
    if (maxSkew <= 0) yield invalid(`${own}.maxSkew`, maxSkew, 'must be greater than zero');
    yield* checkTopologyKey(topologyKey, `${own}.topologyKey`);
    const actions = ['DoNotSchedule', 'ScheduleAnyway'];
    if (!actions.includes(whenUnsatisfiable))
      yield notSupported(`${own}.whenUnsatisfiable`, whenUnsatisfiable, actions);
    const pair = `{${topologyKey}, ${whenUnsatisfiable}}`;
    if (seen.has(pair)) yield duplicate(`${own}.{topologyKey, whenUnsatisfiable}`, pair);
    seen.add(pair);
    if (minDomains !== undefined && minDomains <= 0) {
      yield invalid(`${own}.minDomains`, minDomains, 'must be greater than zero');
    } else if (minDomains !== undefined && whenUnsatisfiable !== 'DoNotSchedule') {
      const detail = `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${whenUnsatisfiable}`;
      yield invalid(`${own}.minDomains`, minDomains, detail);
    }
    if (labelSelector) yield* checkSelector(labelSelector, `${own}.labelSelector`);
  }
}

/** Yields errors for what decides on which nodes a pod can run. */
export function* checkPlacement(spec: LoosePodSpec, path: string): Generator<string> {
  yield* checkLabels(`${path}.nodeSelector`, spec.nodeSelector);
  const { nodeAffinity, podAffinity, podAntiAffinity } = spec.affinity ?? {};
  if (nodeAffinity) yield* checkNodeAffinity(nodeAffinity, `${path}.affinity.nodeAffinity`);
  if (podAffinity) yield* checkPodAffinity(podAffinity, `${path}.affinity.podAffinity`);
  if (podAntiAffinity) yield* checkPodAffinity(podAntiAffinity, `${path}.affinity.podAntiAffinity`);
  yield* checkTolerations(spec, `${path}.tolerations`);
  yield* checkSpread(spec, `${path}.topologySpreadConstraints`);
}
