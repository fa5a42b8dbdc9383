import { checkProbabilities, examplesOf } from './requests';

const right = examplesOf(32).map(({ probability }) => ({ probability }));

test.each<[string, object[], string]>([
  [
    'wrong in the fifth digit',
    right.with(7, { probability: (right[7]?.probability ?? 0) + 2e-5 }),
    'patient 7 has',
  ],
  ['too few', right.slice(0, -1), 'patient 31 has undefined'],
  ['too many', [...right, { probability: 0.5 }], '33 probabilities for 32 patients'],
])('rejects probabilities that are %s', async (_, predictions, message) => {
  await checkProbabilities(Response.json(right), 32);
  await expect(checkProbabilities(Response.json(predictions), 32)).rejects.toThrow(message);
});
