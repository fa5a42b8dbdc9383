import fc from 'fast-check';
import { singles } from '../src/protocol/tensor';
import { InvalidRequest } from '../src/validation';

const ROW = [63, 1, 0, 233, 2, 150, 0, 2, 0, 1];

const decoded = (data: readonly unknown[]) => () =>
  singles(
    { name: 'features', datatype: 'FP32', shape: [1, 10], elements: data },
    { columns: 10, mostRows: 2 },
  );

test.each<[string, readonly unknown[], string]>([
  ['an empty list', [[], ...ROW.slice(1)], 'element 0, is [], which is no FP32'],
  ['a list of one', [...ROW.slice(1), [1]], 'element 9, is [1], which is no FP32'],
  ['a list of two', [[63, 1], ...ROW.slice(1)], 'element 0, is [63,1], which is no FP32'],
])('%s among numbers is no number', (_what, data, message) => {
  expect(decoded(data)).toThrow(`input features, ${message}`);
});

test('whatever lists there are among the numbers, a tensor has as many elements as its shape, or is refused', () => {
  const element = fc.oneof(fc.integer(), fc.array(fc.integer(), { maxLength: 10 }));
  fc.assert(
    fc.property(fc.array(element, { maxLength: 12 }), (data) => {
      try {
        expect(decoded(data)()).toHaveLength(10);
      } catch (error) {
        expect(error).toBeInstanceOf(InvalidRequest);
      }
    }),
  );
});
