import { inferenceRequest, PATHS, single, withBinary } from './support/inference-requests';
import { serviceWithFakeModel } from './support/fake-model';
import { PATIENT, type Service } from './support/service';

let app: Service;
beforeAll(async () => {
  app = await serviceWithFakeModel();
});
afterAll(() => app.close());

const row = Object.values(PATIENT);
const request = (input: object, rows = [row]) => inferenceRequest(rows, input);
const asking = (output: object) => ({ ...request({}), outputs: [output] });
/** Placeholder for a list nested deeper than JSON.stringify can write. */
const DEEP = 'deep';
const deep = `${'['.repeat(1e5)}${']'.repeat(1e5)}`;

test.each<[string, unknown, RegExp]>([
  ['a list', [], /^the body must be an inference request, an object with inputs, not \[\]/],
  ['no inputs', {}, /^inputs is missing/],
  ['an empty list of inputs', { inputs: [] }, /^inputs must be exactly one input named features, not \[\]/],
  ['another input', request({ name: 'x' }), /^inputs must be exactly one input named features, not \["x"\]/],
  [
    'an input twice',
    { inputs: [request({}), request({})].flatMap((one) => (one as { inputs: [] }).inputs) },
    /not \["features","features"\]/,
  ],
  ['no data', request({ data: undefined }), /must have either data or the parameter binary_data_size/],
  [
    'shared memory',
    request({ data: undefined, parameters: { shared_memory_region: 'x' } }),
    /must have either data/,
  ],
  ['data in both ways', request({ parameters: { binary_data_size: 0 } }), /must have either data/],
  [
    'absent binary data',
    request({ data: undefined, parameters: { binary_data_size: 40 } }),
    /is 40, but 0 bytes follow/,
  ],
  ['an id that is not a string', { ...request({}), id: 5 }, /^id must be a string, not 5/],
  [
    'nine columns',
    request({ shape: [1, 9] }),
    /^the shape of input features must be \[N, 10\] with N from 1 to 1024, not \[1,9\]/,
  ],
  ['one dimension', request({ shape: [10] }), /not \[10\]/],
  ['three dimensions', request({ shape: [1, 10, 1] }), /not \[1,10,1\]/],
  ['no rows', request({ shape: [0, 10], data: [] }), /not \[0,10\]/],
  ['too many rows', inferenceRequest(Array.from({ length: 1025 }, () => row)), /not \[1025,10\]/],
  ['a shape whose product overflows', request({ shape: [2 ** 62, 10] }), /with N from 1 to 1024/],
  ['a negative shape', request({ shape: [-1, 10] }), /shape.*must be an integer from 0/],
  ['a shape of fractions', request({ shape: [1.5, 10] }), /must be an integer/],
  [
    'BOOL',
    request({ datatype: 'BOOL', data: row.map(() => true) }),
    /^the datatype of input features must be one of UINT8.*FP64, not "BOOL"/,
  ],
  ['BYTES', request({ datatype: 'BYTES' }), /not "BYTES"/],
  ['a datatype in lower case', request({ datatype: 'fp32' }), /not "fp32"/],
  ['the datatype __proto__', request({ datatype: '__proto__' }), /not "__proto__"/],
  [
    'too little data',
    request({ data: row.slice(1) }),
    /must have 10 elements, flat or nested like \[1,10\], not 9/,
  ],
  ['ragged data', request({ shape: [2, 10] }, [row]), /must have 20 elements/],
  ['rows of another length', request({ data: [[...row, 1]] }), /not lists of lengths \[11\]/],
  ['data nested too deep', request({ data: [DEEP] }), /must have 10 elements/],
  [
    'a deep list for a number',
    request({ data: [...row.slice(1), DEEP] }),
    /^element 9 of input features is a value nested too deep/,
  ],
  [
    'a string for a number',
    request({ data: ['63', ...row.slice(1)] }),
    /^element 0 of input features is "63", not a value of FP32/,
  ],
  [
    'a number beyond the datatype',
    request({ datatype: 'INT8' }),
    /^element 3 of input features is 233, not a value of INT8/,
  ],
  [
    'a number that FP32 lacks',
    request({ datatype: 'FP64', data: [63.1, ...row.slice(1)] }),
    /^element 0 of input features is the FP64 63.1, which FP32 cannot hold without loss/,
  ],
  [
    'a value outside the model’s range',
    request({ data: [5, ...row.slice(1)] }),
    /^\[0\]\.age must be a number from 29 to 77, the range of the training data, not 5/,
  ],
  [
    'an unknown output',
    asking({ name: 'nope' }),
    /^outputs must be any of probability, label, each at most once, not \["nope"\]/,
  ],
  [
    'an output twice',
    { ...request({}), outputs: [{ name: 'label' }, { name: 'label' }] },
    /each at most once/,
  ],
  ['classification', asking({ name: 'label', parameters: { classification: 2 } }), /does not support/],
  [
    'an output into shared memory',
    asking({ name: 'label', parameters: { shared_memory_region: 'x' } }),
    /does not support/,
  ],
  [
    'a flag that is not a boolean',
    asking({ name: 'label', parameters: { binary_data: 1 } }),
    /must be true or false, not 1/,
  ],
])('refuses %s with 400 and a message', async (_what, body, message) => {
  const content = JSON.stringify(body).replace(`"${DEEP}"`, deep);
  const headers = { 'content-type': 'application/json' };
  expect(await app.request(PATHS[0], { method: 'POST', headers, body: content })).toMatchObject({
    status: 400,
    body: { error: expect.stringMatching(message) as string },
  });
});

const send = (body: Buffer, headers: Record<string, string>) =>
  app.request(PATHS[0], { method: 'POST', body, headers });
const { body, headers } = withBinary([row], single([row]), {});
const length = 'inference-header-content-length';

test.each<[string, Buffer, Record<string, string>, RegExp]>([
  [
    'a length beyond the body',
    body,
    { [length]: '100000' },
    /must be an integer from 0 to \d+ \(the length of the body\)/,
  ],
  ['a negative length', body, { [length]: '-1' }, /not "-1"/],
  ['a length in hexadecimal', body, { [length]: '0x10' }, /not "0x10"/],
  ['an infinite length', body, { [length]: '9'.repeat(400) }, /must be an integer from 0 to/],
  ['a length of 0', body, { [length]: '0' }, /the body is empty/],
  ['a length one short', body, { [length]: String(body.length - 41) }, /^the body must be JSON/],
  ['no length', body, {}, /UTF-8|must be JSON/],
  ['a tensor one byte short', body.subarray(0, -1), headers, /is 40, but 39 bytes follow/],
  ['a tensor one byte long', Buffer.concat([body, Buffer.alloc(1)]), headers, /is 40, but 41 bytes follow/],
  [
    'fewer bytes than the shape takes',
    ...sized(single([row]).subarray(1)),
    /has 39 bytes, but FP32 \[1,10\] needs 40/,
  ],
  [
    'more bytes than the shape takes',
    ...sized(single([row, row])),
    /has 80 bytes, but FP32 \[1,10\] needs 40/,
  ],
  ['NaN', ...sized(single([[NaN, ...row.slice(1)]])), /^\[0\]\.age must be .*, not NaN/],
  ['infinity', ...sized(single([[-Infinity, ...row.slice(1)]])), /^\[0\]\.age must be .*, not -Infinity/],
  ['invalid UTF-8', Buffer.from('{"id":"\xff"}', 'latin1'), {}, /is not UTF-8/],
  ['data that is not gzip', body, { ...headers, 'content-encoding': 'gzip' }, /^the body is not valid gzip/],
])('refuses %s with 400 and a message', async (_what, bytes, sent, message) => {
  expect(await send(bytes, sent)).toMatchObject({
    status: 400,
    body: { error: expect.stringMatching(message) as string },
  });
});

function sized(data: Buffer): [Buffer, Record<string, string>] {
  const sent = withBinary([row], data, {});
  return [sent.body, sent.headers];
}
