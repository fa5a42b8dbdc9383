import { predict, type Manifest } from '../src';
import { workloadSpec } from '../src/manifest/workload';
import { controller } from './manifests';

describe('a selector', () => {
  const selecting = (selector?: object): Manifest => {
    const manifest = controller();
    return { ...manifest, spec: { ...Object(manifest['spec']), selector } };
  };
  const expression = (operator: string, ...values: string[]): object => ({
    matchExpressions: [{ key: 'app', operator, values }],
  });

  test.each([
    { matchLabels: { app: 'db' } },
    { matchLabels: { app: 'web', tier: 'x' } },
    expression('In', 'db'),
    expression('NotIn', 'web'),
    expression('DoesNotExist'),
  ])('that does not match the template’s labels is refused: %j', (selector) => {
    const message = `x: spec.selector ${JSON.stringify(selector)} does not match spec.template.metadata.labels {"app":"web"}`;
    expect(() => workloadSpec(selecting(selector), 'x')).toThrow(message);
  });

  test.each([undefined, {}, { matchLabels: {} }])('that selects nothing is refused: %j', (selector) => {
    expect(() => workloadSpec(selecting(selector), 'x')).toThrow('spec.selector is missing or empty');
  });

  test.each([expression('In', 'db', 'web'), expression('NotIn', 'db'), expression('Exists')])(
    'may be of expressions: %j',
    (selector) => {
      expect(workloadSpec(selecting(selector), 'x').name).toBe('web');
    },
  );

  test('keeps a change of the template’s labels from it', () => {
    expect(() => predict(controller(), { set: ['spec.template.metadata.labels.app=other'] })).toThrow(
      'manifest after the change: spec.selector {"matchLabels":{"app":"web"}} does not match',
    );
  });
});
