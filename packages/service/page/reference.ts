import { byId, code, element } from './dom';
import { type Media, type OpenApi, type Operation, type Parameter } from './openapi';

/** Lists every operation of the document by tag. */
export function showReference({ tags, paths }: OpenApi): void {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const groups = tags.map(({ name, description }) => {
    const own = operations.filter(({ operation }) => operation.tags?.includes(name));
    return element(
      'section',
      {},
      element('h3', {}, name.slice(0, 1).toUpperCase() + name.slice(1)),
      element('p', {}, description),
      ...own.map(({ path, method, operation }) => describe(path, method, operation)),
    );
  });
  byId('operations').replaceChildren(...groups);
}

function describe(path: string, method: string, operation: Operation): HTMLElement {
  const { operationId, summary = '', description, parameters = [], requestBody, responses } = operation;
  const title = element(
    'summary',
    {},
    element('span', { class: `method ${method}` }, method.toUpperCase()),
    ' ',
    element('code', {}, path),
    ' ',
    element('span', { class: 'says' }, summary),
  );
  const parts = [
    ...(description === undefined ? [] : [element('p', {}, description)]),
    ...(parameters.length === 0
      ? []
      : [parameterTable(parameters, `Parameters of ${method.toUpperCase()} ${path}`)]),
    ...(requestBody ? [element('h4', {}, 'Request'), ...bodies(requestBody.content)] : []),
    ...Object.entries(responses).flatMap(([status, { description: meaning, content = {} }]) => [
      element('h4', {}, element('span', { class: 'status' }, status), ' ', meaning),
      ...bodies(content),
    ]),
  ];
  return element('details', { id: operationId, class: 'operation' }, title, element('div', {}, ...parts));
}

function parameterTable(parameters: readonly Parameter[], label: string): HTMLElement {
  const head = ['parameter', 'in', 'meaning', 'example'].map((one) => element('th', { scope: 'col' }, one));
  const rows = parameters.map(({ name, in: place, description = '', schema, example = schema.const }) =>
    element(
      'tr',
      {},
      element('td', {}, element('code', {}, name)),
      element('td', {}, place),
      element('td', {}, description),
      element('td', {}, example === undefined ? '' : element('code', {}, format(example))),
    ),
  );
  return element(
    'div',
    { class: 'table', tabindex: 0, role: 'group', 'aria-label': label },
    element('table', {}, element('thead', {}, element('tr', {}, ...head)), element('tbody', {}, ...rows)),
  );
}

function format(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Describes a body by media type. An error body has no example, because it is the same everywhere. */
function bodies(content: Readonly<Record<string, Media>>): HTMLElement[] {
  return Object.entries(content).flatMap(([type, { schema, example }]) => {
    const name = schema.$ref?.split('/').at(-1);
    const described = [type, name, schema.description].filter((word) => word !== undefined).join(': ');
    const line = element('p', { class: 'hint' }, described);
    return example === undefined ? [line] : [line, code(JSON.stringify(example, null, 2))];
  });
}
