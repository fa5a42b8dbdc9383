import { predict, type Manifest } from '../../src';
import { workloadSpec } from '../../src/manifest/workload';
import { controller } from '../manifests';

describe('the selector of a workload', () => {
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
  ])('is rejected if it does not match the labels of the template: %j', (selector) => {
    const message = `x: spec.selector ${JSON.stringify(selector)} does not match spec.template.metadata.labels {"app":"web"}`;
    expect(() => workloadSpec(selecting(selector), 'x')).toThrow(message);
  });

  test.each([undefined, {}, { matchLabels: {} }])('is rejected if it is empty: %j', (selector) => {
    expect(() => workloadSpec(selecting(selector), 'x')).toThrow('spec.selector is missing or empty');
  });

  test.each([expression('In', 'db', 'web'), expression('NotIn', 'db'), expression('Exists')])(
    'can have expressions: %j',
    (selector) => {
      expect(workloadSpec(selecting(selector), 'x').name).toBe('web');
    },
  );

  test('rejects a change after which the labels no longer match', () => {
    expect(() => predict(controller(), { set: ['spec.template.metadata.labels.app=other'] })).toThrow(
      'manifest after the change: spec.selector {"matchLabels":{"app":"web"}} does not match',
    );
  });
});
