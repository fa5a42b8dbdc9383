import { GraphDrawStyle, StackingMode } from '@grafana/grafana-foundation-sdk/common';
import * as common from '@grafana/grafana-foundation-sdk/common';
import * as prometheus from '@grafana/grafana-foundation-sdk/prometheus';
import * as stat from '@grafana/grafana-foundation-sdk/stat';
import * as timeseries from '@grafana/grafana-foundation-sdk/timeseries';

/** The data source that the dashboard's variable selects. */
export const DATASOURCE = { type: 'prometheus', uid: '${datasource}' };

/** Content of a panel. */
interface PanelContent {
  readonly title: string;
  readonly description: string;
  /** A unit of Grafana. */
  readonly unit: 'reqps' | 'percentunit' | 's' | 'bytes' | 'short' | 'none';
  /** Expressions by legend; in a legend, `{{label}}` is the value of a label. */
  readonly queries: Readonly<Record<string, string>>;
}

/** Creates a panel of curves over time, a third of the dashboard wide. */
export function curves({ title, description, unit, queries }: PanelContent): timeseries.PanelBuilder {
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

/** Creates a panel of stacked curves, for the parts of a whole. */
export function stacked(content: PanelContent): timeseries.PanelBuilder {
  return curves(content)
    .fillOpacity(60)
    .stacking(new common.StackingConfigBuilder().mode(StackingMode.Normal));
}

/** Creates a panel with the latest value in front of its curve. */
export function latest({ title, description, unit, queries }: PanelContent): stat.PanelBuilder {
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

function targets(queries: PanelContent['queries']): prometheus.DataqueryBuilder[] {
  return Object.entries(queries).map(([legend, expression], index) =>
    new prometheus.DataqueryBuilder()
      .refId(String.fromCharCode('A'.charCodeAt(0) + index))
      .datasource(DATASOURCE)
      .expr(expression)
      .legendFormat(legend)
      .range(),
  );
}
