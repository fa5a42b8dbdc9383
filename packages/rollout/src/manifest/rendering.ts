const action =
  /\{\{-?\s*(\/\*|[.$"'(]|(include|template|if|else|end|with|range|define|block|tpl|toYaml|quote|default|required)\b)/;
const otherTemplate = /\{\{.*?\}\}|\{%.*?%\}/s;

/** Splits a path into its folder, `.` without one, and its last part. */
function split(path: string): [folder: string, name: string] {
  const [, folder = '.', name = path] = /^(.*)[/\\]([^/\\]*)$/.exec(path) ?? [];
  return [folder, name];
}

/** Returns the error for a folder or file of a Helm chart. */
export const renderChart = (origin: string, what: string, chart: string): string =>
  `${origin} is ${what}, render it first: helm template ${chart} | rollout predict -`;

/** Returns the error for a folder or file of kustomize. */
export const renderKustomization = (origin: string, folder: string): string =>
  `${origin} is a kustomization, render it first: kubectl kustomize ${folder} | rollout predict -`;

/** Returns how to render a file that is a template, or an input of Helm or kustomize, if it is one. */
export function rendering(source: string, origin: string): string | undefined {
  const [folder, name] = split(origin);
  if (/^(kustomization\.ya?ml|Kustomization)$/.test(name)) return renderKustomization(origin, folder);
  if (/^(Chart|values)\.ya?ml$/.test(name)) return renderChart(origin, 'a file of a Helm chart', folder);
  if (action.test(source)) {
    const [, chart = 'CHART'] = /^(.+)[/\\]templates[/\\]/.exec(origin) ?? [];
    return renderChart(origin, 'a Helm template', chart);
  }
  const [found] = otherTemplate.exec(source) ?? [];
  return (
    found && `${origin} is a template, render it first: it has ${found.slice(0, 40).replace(/\s+/g, ' ')}`
  );
}
