import type { TObject } from '@sinclair/typebox';
import { ApiObject, App } from 'cdk8s';
import { stringify } from 'yaml';
import { capture, captureMap, MarkerResolver } from './capture';
import { emit } from './emit';
import { OptionalScope } from './operators';
import { helmRelease, helpers, type Release } from './release';
import { referencesTo, type ValuesOf } from './values';
import { declaredValues, valuesSchema, valuesYaml } from './values-files';

/** Fields of Chart.yaml beyond those that every chart has. */
export interface ChartMetadata {
  /** @default - any cluster */
  readonly kubeVersion?: string;
  readonly keywords?: readonly string[];
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Properties of `HelmChart`. */
export interface HelmChartProps<S extends TObject> {
  /** The chart's name, which its named templates begin with. */
  readonly name: string;
  readonly description: string;
  /** Version of the chart (SemVer 2). */
  readonly version: string;
  /** Version of the program, which `release.appVersion` refers to. */
  readonly appVersion: string;
  /** @default {} */
  readonly metadata?: ChartMetadata;
  /** What a user may set; with `releaseValues` among them. */
  readonly values: S;
  /** Labels of every object, besides the recommended ones. @default {} */
  readonly labels?: Readonly<Record<string, string>>;
  /** Makes the charts whose objects become templates. */
  readonly make: (scope: App, values: ValuesOf<S>, release: Release) => void;
  /** Files to put in by hand, by their path in the chart, such as `templates/NOTES.txt`. @default {} */
  readonly files?: Readonly<Record<string, string>>;
}

/**
 * A Helm chart made of cdk8s charts, whose props hold references to values in place of the values. Such a
 * reference goes through constructs as the text, number, map or list that it stands for. What constructs
 * make of it is walked as a tree, never replaced as text: a user's own `{{` stays as it is.
 *
 * @see https://helm.sh/docs/topics/charts/
 */
export class HelmChart<S extends TObject> {
  constructor(private readonly props: HelmChartProps<S>) {}

  /**
   * The chart's files, by their path.
   *
   * @throws Error when a construct's own validation finds something, or a value is declared and not used
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
      emit(capture(object, resolver), conditionsOf(object)),
    ]);
    const names = templates.map(([file]) => file);
    const twice = names.find((file, i) => names.indexOf(file) !== i);
    if (twice !== undefined) {
      throw new Error(`two objects would be written to ${twice}: give their constructs different ids`);
    }
    const result = new Map([
      ['Chart.yaml', this.chartYaml()],
      [
        'values.yaml',
        valuesYaml(
          values,
          `Values of ${name}. Each is described in values.schema.json, too, which Helm holds them against.`,
        ),
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

/** A template is called by its object's kind, and by its id where there are several of a kind. */
function fileOf(object: ApiObject, all: readonly ApiObject[]): string {
  const kind = object.kind.toLowerCase();
  const only = all.filter((other) => other.kind === object.kind).length === 1;
  const { annotations } = object.metadata.toJson() as { annotations?: Record<string, string> };
  const folder = annotations?.['helm.sh/hook'] === 'test' ? 'templates/tests' : 'templates';
  const owner = object.node.id === 'Resource' ? object.node.scope : object;
  return `${folder}/${only ? kind : `${kind}-${owner?.node.id ?? ''}`}.yaml`;
}

function conditionsOf(object: ApiObject) {
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
    // a template may take a group as a whole, too
    .filter((path) => !path.some((_, i) => isUsed(path.slice(0, i + 1).join('.'))));
  if (unused.length > 0) {
    throw new Error(`no template uses the declared value ${unused.map((path) => path.join('.')).join(', ')}`);
  }
}
