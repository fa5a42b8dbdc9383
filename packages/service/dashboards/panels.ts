import { GraphDrawStyle, StackingMode } from '@grafana/grafana-foundation-sdk/common';
import * as common from '@grafana/grafana-foundation-sdk/common';
import * as prometheus from '@grafana/grafana-foundation-sdk/prometheus';
import * as stat from '@grafana/grafana-foundation-sdk/stat';
import * as timeseries from '@grafana/grafana-foundation-sdk/timeseries';

/** The data source is one of the dashboard's variables. */
export const DATASOURCE = { type: 'prometheus', uid: '${datasource}' };

/** What a panel shows; its units are Grafana's. */
export interface Shown {
  readonly title: string;
  readonly description: string;
  readonly unit: 'reqps' | 'percentunit' | 's' | 'bytes' | 'short' | 'none';
  /** Expressions by their legend, in which `{{label}}` is a label's value. */
  readonly queries: Readonly<Record<string, string>>;
}

/** Curves over time, a third of the dashboard wide. */
export function curves({ title, description, unit, queries }: Shown): timeseries.PanelBuilder {
  const panel = new timeseries.PanelBuilder()
    .title(title)
    .description(description)
    .unit(unit)
    .min(0)
    .height(8)
    .span(8)
    .datasource(DATASOURCE)
    .drawStyle(GraphDrawStyle.Line)
    .fillOpacity(10)
    .tooltip(new common.VizTooltipOptionsBuilder().mode(common.TooltipDisplayMode.Multi));
  targets(queries).forEach((target) => panel.withTarget(target));
  return panel;
}

/** Curves upon each other: their parts make up a whole. */
export function stacked(shown: Shown): timeseries.PanelBuilder {
  return curves(shown).fillOpacity(60).stacking(new common.StackingConfigBuilder().mode(StackingMode.Normal));
}

/** The latest number, and its curve behind it. */
export function latest({ title, description, unit, queries }: Shown): stat.PanelBuilder {
  const panel = new stat.PanelBuilder()
    .title(title)
    .description(description)
    .unit(unit)
    .height(4)
    .span(6)
    .datasource(DATASOURCE)
    .graphMode(common.BigValueGraphMode.Area);
  targets(queries).forEach((target) => panel.withTarget(target));
  return panel;
}

function targets(queries: Shown['queries']): prometheus.DataqueryBuilder[] {
  return Object.entries(queries).map(([legend, expression], index) =>
    new prometheus.DataqueryBuilder()
      .refId(String.fromCharCode('A'.charCodeAt(0) + index))
      .datasource(DATASOURCE)
      .expr(expression)
      .legendFormat(legend)
      .range(),
  );
}
