import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import * as sdk from '@grafana/grafana-foundation-sdk/dashboard';
import { inference, load, resources } from './inference';
import { DATASOURCE } from './panels';
import { overview, requests, rollout } from './requests';

/** Panels of each row, by the title of the row. */
const ROWS: Readonly<Record<string, readonly Builder<sdk.Panel>[]>> = {
  Overview: overview,
  Rollout: rollout,
  Requests: requests,
  Inference: inference,
  Load: load,
  Resources: resources,
};

/**
 * Returns the Grafana dashboard of the service. Data source, namespace and pods are variables. It uses version 1 of the
 * dashboard model, because every Grafana can import and provision it.
 *
 * @see https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/
 */
export function dashboard(): object {
  return {
    uid: 'online-inference',
    title: 'Online inference',
    description: 'Requests, rollouts, inference and resources of the online-inference service',
    tags: ['open-inference-protocol', 'prometheus'],
    schemaVersion: 42,
    editable: true,
    refresh: '30s',
    time: { from: 'now-1h', to: 'now' },
    timezone: 'browser',
    graphTooltip: sdk.DashboardCursorSync.Crosshair,
    templating: {
      list: [
        new sdk.DatasourceVariableBuilder('datasource').label('Data source').type('prometheus'),
        labelVariable('namespace', 'model_info'),
        labelVariable('pod', 'model_info{namespace=~"$namespace"}'),
      ].map((variable) => variable.build()),
    },
    panels: laidOut(),
  };
}

/** Places the panels from left to right, one row below another. */
function laidOut(): (sdk.Panel | sdk.RowPanel)[] {
  let id = 0;
  let y = 0;
  return Object.entries(ROWS).flatMap(([title, builders]) => {
    const row = new sdk.RowBuilder(title).id(++id).gridPos({ x: 0, y: y++, w: 24, h: 1 });
    let x = 0;
    const panels = builders.map((builder) => {
      const panel = builder.build();
      const { w, h } = panel.gridPos ?? { w: 24, h: 8 };
      const placed = { ...panel, id: ++id, gridPos: { x, y, w, h } };
      x += w;
      return placed;
    });
    y += Math.max(...panels.map(({ gridPos }) => gridPos.h));
    return [row.build(), ...panels];
  });
}

/** Creates a variable with the values of a label. All are selected by default; `.*` also matches a missing label. */
function labelVariable(label: string, of: string): sdk.QueryVariableBuilder {
  return new sdk.QueryVariableBuilder(label)
    .label(label)
    .datasource(DATASOURCE)
    .query(`label_values(${of}, ${label})`)
    .refresh(sdk.VariableRefresh.OnTimeRangeChanged)
    .sort(sdk.VariableSort.AlphabeticalAsc)
    .multi(true)
    .includeAll(true)
    .allValue('.*')
    .current({ selected: true, text: 'All', value: '$__all' });
}
