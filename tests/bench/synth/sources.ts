import type { Manifest, Step } from './steps';

/** What a user would write to have the same objects made by others: files by their path. */
export type Sources = Readonly<Record<string, string>>;

/** Where the number of replicas is declared, which each run changes from 3 to 4 and back. */
export const REPLICAS = 3;

/** A Helm chart: a template a file, with the values that this project's settings have. */
export function helmSources(steps: readonly Step[]): Sources {
  const templates = steps.map(({ name, text }) => [
    `templates/${name}.yaml`,
    text
      .replaceAll(`replicas: ${REPLICAS}\n`, 'replicas: {{ .Values.replicas }}\n')
      .replace(/image: .*:v1$/gm, 'image: {{ .Values.repository }}:{{ .Values.steadyTag }}')
      .replace(/image: .*:v2$/gm, 'image: {{ .Values.repository }}:{{ .Values.demoTag }}'),
  ]);
  return {
    'Chart.yaml': 'apiVersion: v2\nname: homework\nversion: 1.0.0\n',
    'values.yaml': `repository: mivankin/ml_prod_hw2\nsteadyTag: v1\ndemoTag: v2\nreplicas: ${REPLICAS}\n`,
    ...(Object.fromEntries(templates) as Sources),
  };
}

/** A kustomization of the files, with transformers for the replicas and the image. */
export function kustomizeSources(steps: readonly Step[]): Sources {
  const scaled = steps.flatMap(({ objects }) => objects.filter(({ spec }) => hasReplicas(spec)));
  const lines = [
    'resources:',
    ...steps.map(({ name }) => `- ${name}.yaml`),
    'replicas:',
    ...scaled.map(({ metadata: { name } }) => `- name: ${name}\n  count: ${REPLICAS}`),
  ];
  return {
    'kustomization.yaml': `${lines.join('\n')}\n`,
    ...Object.fromEntries(steps.map(({ name, text }) => [`${name}.yaml`, text])),
  };
}

const hasReplicas = (spec: unknown): boolean =>
  typeof spec === 'object' && spec !== null && 'replicas' in spec;

/** main.ts as cdk8s's template has it, with a chart a step of what `cdk8s import` generates. */
export function templateSources(steps: readonly Step[]): Sources {
  const charts = steps.flatMap(({ name, objects }) => [
    `class ${classOf(name)} extends Chart {`,
    '  constructor(scope: Construct, id: string, props: ChartProps = {}) {',
    '    super(scope, id, props);',
    ...objects.map(
      (object, i) =>
        `    new k8s.Kube${object.kind}(this, 'object-${i}', ${generatedNames(literal(fieldsOf(object), typed))});`,
    ),
    '  }',
    '}',
    '',
  ]);
  const main = [
    "import { Construct } from 'constructs';",
    "import { App, Chart, ChartProps } from 'cdk8s';",
    "import * as k8s from './imports/k8s';",
    '',
    `const REPLICAS = ${REPLICAS};`,
    '',
    ...charts,
    'const app = new App();',
    ...steps.map(({ name }) => `new ${classOf(name)}(app, '${name}');`),
    'app.synth();',
    '',
  ];
  return { 'main.ts': main.join('\n') };
}

/** A script that makes models of the objects, validates them and writes them. */
export function modelSources(steps: readonly Step[]): Sources {
  const objects = steps.flatMap((step) => step.objects);
  const models = new Map(
    objects.map(({ apiVersion, kind }) => [kind, `kubernetes-models/${apiVersion}/${kind}`]),
  );
  const main = [
    "import { mkdirSync, writeFileSync } from 'node:fs';",
    "import { stringify } from 'yaml';",
    ...[...models].map(([kind, module]) => `import { ${kind} } from '${module}';`),
    '',
    `const REPLICAS = ${REPLICAS};`,
    '',
    'const files = {',
    ...steps.map(
      (step) =>
        `  '${step.name}': [${step.objects.map((object) => `new ${object.kind}(${literal(fieldsOf(object))})`).join(', ')}],`,
    ),
    '};',
    "mkdirSync('dist', { recursive: true });",
    'for (const [name, objects] of Object.entries(files)) {',
    '  for (const object of objects) object.validate();',
    "  writeFileSync(`dist/${name}.yaml`, objects.map((object) => stringify(object.toJSON(), { version: '1.1' })).join('---\\n'));",
    '}',
    '',
  ];
  return { 'main.ts': main.join('\n') };
}

/** `cdk8s import` writes hostnameAsFQDN as hostnameAsFqdn. */
const generatedNames = (text: string): string =>
  text.replace(
    /("[a-z]\w*?[A-Z])([A-Z]+)":/g,
    (_, start: string, rest: string) => `${start}${rest.toLowerCase()}":`,
  );

const classOf = (name: string): string =>
  name.replace(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase());

/** Without what the class knows. */
function fieldsOf(object: Manifest): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).filter(([key]) => key !== 'apiVersion' && key !== 'kind'));
}

/** How a value is written where it stands; undefined for as it is. */
type Writer = (value: unknown, path: readonly string[]) => string | undefined;

/** Types of what `cdk8s import` generates: quantities, and numbers that may be names. */
const typed: Writer = (value, path) => {
  const [parent, key] = path.slice(-2);
  if (parent === 'limits' || parent === 'requests') {
    return `k8s.Quantity.fromString(${JSON.stringify(value)})`;
  }
  const either =
    ['maxSurge', 'maxUnavailable', 'minAvailable', 'targetPort'].includes(key ?? '') ||
    (key === 'port' && (parent === 'httpGet' || path.includes('ingress') || path.includes('egress')));
  return either
    ? `k8s.IntOrString.from${typeof value === 'number' ? 'Number' : 'String'}(${JSON.stringify(value)})`
    : undefined;
};

function literal(value: unknown, writer: Writer = () => undefined, path: readonly string[] = []): string {
  if (path.at(-1) === 'replicas') return 'REPLICAS';
  if (Array.isArray(value)) return `[${value.map((item) => literal(item, writer, path)).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return writer(value, path) ?? JSON.stringify(value);
  const fields = Object.entries(value).map(
    ([key, inner]) => `${JSON.stringify(key)}: ${literal(inner, writer, [...path, key])}`,
  );
  return `{ ${fields.join(', ')} }`;
}
