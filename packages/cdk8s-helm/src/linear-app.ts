import { ApiObject, App, Chart, DependencyGraph } from 'cdk8s';

/**
 * An App that writes what cdk8s's own does, in time that grows as the number of charts, and not as its square:
 * `App.synth` and `App.synthYaml` validate the whole app and resolve its dependencies once, and then ask each
 * chart for its JSON, which does both for the whole app again.
 *
 * @see https://github.com/cdk8s-team/cdk8s-core/blob/2.x/src/app.ts `_synthChart`, called by `Chart.toJson`
 */
export class LinearApp extends App {
  override synth(): void {
    this.resolvedOnce(() => {
      super.synth();
    });
  }

  override synthYaml(): string {
    return this.resolvedOnce(() => super.synthYaml());
  }

  /** Has charts take their objects as they are: whoever calls `work` has resolved and validated the app. */
  private resolvedOnce<T>(work: () => T): T {
    const plain = this.node
      .findAll()
      .filter((construct) => Chart.isChart(construct))
      .filter((chart) => !Object.hasOwn(chart, 'toJson') && chart.toJson === inherited);
    for (const chart of plain) {
      chart.toJson = () => objectsOf(chart).map((object): unknown => object.toJson());
    }
    try {
      return work();
    } finally {
      for (const chart of plain) {
        Reflect.deleteProperty(chart, 'toJson');
      }
    }
  }
}

const inherited = Object.getOwnPropertyDescriptor(Chart.prototype, 'toJson')?.value as unknown;

/** A chart's own objects, without those of charts in it; what others depend on comes first. */
function objectsOf(chart: Chart): ApiObject[] {
  return new DependencyGraph(chart.node)
    .topology()
    .filter((construct) => ApiObject.isApiObject(construct))
    .filter((object) => Chart.of(object) === chart);
}
