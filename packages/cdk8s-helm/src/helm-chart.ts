import type { TObject } from '@sinclair/typebox';
import { ApiObject, App } from 'cdk8s';
import { stringify } from 'yaml';
import { capture, captureMap, MarkerResolver } from './capture';
import { emit } from './emit';
import { OptionalScope } from './operators';
import { helmRelease, helpers, type Release } from './release';
import { referencesTo, type ValuesOf } from './values';
import { declaredValues, valuesSchema, valuesYaml } from './values-files';

/** Optional fields of Chart.yaml. */
export interface ChartMetadata {
  /** Versions of Kubernetes that the chart supports, as a SemVer range. @default - all versions */
  readonly kubeVersion?: string;
  /** Keywords for searching. @default - none */
  readonly keywords?: readonly string[];
  /** Annotations of the chart. @default - none */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Properties of `HelmChart`. */
export interface HelmChartProps<S extends TObject> {
  /** Name of the chart, and prefix of its named templates. */
  readonly name: string;
  /** One-line description of the chart. */
  readonly description: string;
  /** Version of the chart (SemVer 2). */
  readonly version: string;
  /** Version of the program. `release.appVersion` refers to it. */
  readonly appVersion: string;
  /** Optional fields of Chart.yaml. @default {} */
  readonly metadata?: ChartMetadata;
  /** Schema of the values, which must contain `releaseValues`. Each value needs a default. */
  readonly values: S;
  /** Labels of every object, besides the recommended ones. @default {} */
  readonly labels?: Readonly<Record<string, string>>;
  /** Creates the cdk8s charts whose objects become templates. */
  readonly make: (scope: App, values: ValuesOf<S>, release: Release) => void;
  /** Content of further files by their path in the chart, such as `templates/NOTES.txt`. @default {} */
  readonly files?: Readonly<Record<string, string>>;
}

/**
 * Renders cdk8s charts as a Helm chart. Their props hold references in place of values. Constructs pass such a
 * reference on as the string, number, map or list that it stands for. The rendered objects are walked as a tree, never
 * searched as text, so a `{{` of your own reaches the cluster unchanged.
 *
 * @see https://helm.sh/docs/topics/charts/
 */
export class HelmChart<S extends TObject> {
  constructor(private readonly props: HelmChartProps<S>) {}

  /**
   * Returns the content of the chart's files by their path.
   *
   * @throws Error when the validation of a construct fails, when no template uses a declared value, when two objects
   * would be written to the same file, or when a construct used a reference as if it were the value
   */
  public render(): Map<string, string> {
    const { name, values, labels = {}, files = {} } = this.props;
    const resolver = new MarkerResolver();
    const app = new App({ resolvers: [resolver] });
    const shared: string[] = [];
    const release = helmRelease(name, (part, content) => {
      const body = emit(captureMap(content, part)).trimEnd();
      shared.push(`{{- define "${name}.${part}" -}}\n${body}\n{{- end }}\n`);
    });
    this.props.make(app, referencesTo(values), release);
    validate(app);

    const objects = objectsOf(app);
    const templates = objects.map((object): [string, string] => [
      fileOf(object, objects),
      emit(capture(object, resolver), scopeConditions(object)),
    ]);
    const names = templates.map(([file]) => file);
    const twice = names.find((file, i) => names.indexOf(file) !== i);
    if (twice !== undefined) {
      throw new Error(`two objects would be written to ${twice}: give their constructs different IDs`);
    }
    const result = new Map([
      ['Chart.yaml', this.chartYaml()],
      [
        'values.yaml',
        valuesYaml(values, `Values of ${name}. Helm validates them against values.schema.json.`),
      ],
      ['values.schema.json', valuesSchema(values)],
      ['templates/_helpers.tpl', [helpers(name, labels), ...shared].join('\n')],
      ...templates,
      ...Object.entries(files),
    ]);
    assertUsed(values, result);
    return result;
  }

  private chartYaml(): string {
    const { name, description, version, appVersion, metadata = {} } = this.props;
    return stringify(
      { apiVersion: 'v2', name, description, type: 'application', version, appVersion, ...metadata },
      { version: '1.1', lineWidth: 0 },
    );
  }
}

function objectsOf(app: App): ApiObject[] {
  return app.node.findAll().filter((construct) => ApiObject.isApiObject(construct));
}

function validate(app: App): void {
  const errors = app.node
    .findAll()
    .flatMap(({ node }) => node.validate().map((error) => `[${node.path}] ${error}`));
  if (errors.length > 0) {
    throw new Error(`Validation failed with the following errors:\n  ${errors.join('\n  ')}`);
  }
}

/** Returns a template's path: the kind of its object, followed by the construct's ID if the chart has several of that kind. */
function fileOf(object: ApiObject, all: readonly ApiObject[]): string {
  const kind = object.kind.toLowerCase();
  const only = all.filter((other) => other.kind === object.kind).length === 1;
  const { annotations } = object.metadata.toJson() as { annotations?: Record<string, string> };
  const folder = annotations?.['helm.sh/hook'] === 'test' ? 'templates/tests' : 'templates';
  const owner = object.node.id === 'Resource' ? object.node.scope : object;
  return `${folder}/${only ? kind : `${kind}-${owner?.node.id ?? ''}`}.yaml`;
}

function scopeConditions(object: ApiObject) {
  return object.node.scopes
    .filter((scope) => scope instanceof OptionalScope)
    .map(({ condition }) => condition);
}

function assertUsed(values: TObject, files: ReadonlyMap<string, string>): void {
  const templates = [...files]
    .filter(([file]) => file.startsWith('templates/'))
    .map(([, content]) => content);
  const isUsed = (path: string) =>
    templates.some((content) => new RegExp(`\\.Values\\.${path}(?![\\w.])`).test(content));
  const unused = declaredValues(values)
    .map(({ path }) => path)
    // a template may also use a whole group
    .filter((path) => !path.some((_, i) => isUsed(path.slice(0, i + 1).join('.'))));
  if (unused.length > 0) {
    throw new Error(
      `no template uses these declared values: ${unused.map((path) => path.join('.')).join(', ')}`,
    );
  }
}
