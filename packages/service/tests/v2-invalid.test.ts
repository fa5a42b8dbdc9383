/** @jest-environment ./packages/service/tests/onnx-environment.cjs */
import { inferenceRequest, PATHS, single, withBinary } from './inference';
import { PATIENT, service, type Service } from './service';

let app: Service;
beforeAll(async () => {
  app = await service();
});
afterAll(() => app.close());

const row = Object.values(PATIENT);
const request = (input: object, rows = [row]) => inferenceRequest(rows, input);
const asking = (output: object) => ({ ...request({}), outputs: [output] });
/** In the place of this text a list of lists is sent, deeper than JSON.stringify can write. */
const DEEP = 'deep';
const deep = `${'['.repeat(1e5)}${']'.repeat(1e5)}`;

test.each<[string, unknown, RegExp]>([
  ['no object', [], /^the body must be an inference request, an object with inputs, not \[\]/],
  ['no inputs', {}, /^inputs is missing/],
  ['no input', { inputs: [] }, /^inputs must be one input, named features, not \[\]/],
  ['another input', request({ name: 'x' }), /^inputs must be one input, named features, not \["x"\]/],
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
    'binary data that is not there',
    request({ data: undefined, parameters: { binary_data_size: 40 } }),
    /is 40, but 0 bytes follow/,
  ],
  ['an id that is no text', { ...request({}), id: 5 }, /^id must be a text, not 5/],
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
  ['a negative shape', request({ shape: [-1, 10] }), /shape.*must be a whole number from 0/],
  ['a shape of fractions', request({ shape: [1.5, 10] }), /must be a whole number/],
  [
    'BOOL',
    request({ datatype: 'BOOL', data: row.map(() => true) }),
    /^the datatype of input features must be one of UINT8.*FP64, not "BOOL"/,
  ],
  ['BYTES', request({ datatype: 'BYTES' }), /not "BYTES"/],
  ['a datatype in lower case', request({ datatype: 'fp32' }), /not "fp32"/],
  ['a datatype named as what every object has', request({ datatype: '__proto__' }), /not "__proto__"/],
  [
    'too little data',
    request({ data: row.slice(1) }),
    /must have 10 elements, flat or nested as \[1,10\], not 9/,
  ],
  ['ragged data', request({ shape: [2, 10] }, [row]), /must have 20 elements/],
  ['rows of another length', request({ data: [[...row, 1]] }), /not lists of \[11\]/],
  ['data nested too deep', request({ data: [DEEP] }), /must have 10 elements/],
  [
    'a deep list for a number',
    request({ data: [...row.slice(1), DEEP] }),
    /element 9, is a value nested too deep/,
  ],
  ['a text for a number', request({ data: ['63', ...row.slice(1)] }), /element 0, is "63", which is no FP32/],
  ['a number beyond the datatype', request({ datatype: 'INT8' }), /element 3, is 233, which is no INT8/],
  [
    'a number that FP32 lacks',
    request({ datatype: 'FP64', data: [63.1, ...row.slice(1)] }),
    /element 0, is the FP64 63.1, which FP32 cannot hold without loss/,
  ],
  [
    'a value outside the model’s range',
    request({ data: [5, ...row.slice(1)] }),
    /^\[0\]\.age must be a number from 29 to 77, the range seen in training, not 5/,
  ],
  [
    'an unknown output',
    asking({ name: 'nope' }),
    /^outputs must be among probability, label, each once, not \["nope"\]/,
  ],
  ['an output twice', { ...request({}), outputs: [{ name: 'label' }, { name: 'label' }] }, /each once/],
  ['classification', asking({ name: 'label', parameters: { classification: 2 } }), /lacks/],
  [
    'an output into shared memory',
    asking({ name: 'label', parameters: { shared_memory_region: 'x' } }),
    /lacks/,
  ],
  [
    'a flag that is none',
    asking({ name: 'label', parameters: { binary_data: 1 } }),
    /must be true or false, not 1/,
  ],
])('%s is refused with 400, and the error says why', async (_what, body, message) => {
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
    /must be a whole number of bytes up to the body's/,
  ],
  ['a negative length', body, { [length]: '-1' }, /not "-1"/],
  ['a length in hexadecimal', body, { [length]: '0x10' }, /not "0x10"/],
  ['an infinite length', body, { [length]: '9'.repeat(400) }, /must be a whole number of bytes/],
  ['a length of 0', body, { [length]: '0' }, /it is empty/],
  ['a length one short', body, { [length]: String(body.length - 41) }, /^the body must be JSON/],
  ['no length', body, {}, /UTF-8|must be JSON/],
  ['a tensor one byte short', body.subarray(0, -1), headers, /is 40, but 39 bytes follow/],
  ['a tensor one byte long', Buffer.concat([body, Buffer.alloc(1)]), headers, /is 40, but 41 bytes follow/],
  [
    'fewer bytes than the shape takes',
    ...sized(single([row]).subarray(1)),
    /has 39 bytes, but FP32 \[1,10\] takes 40/,
  ],
  [
    'more bytes than the shape takes',
    ...sized(single([row, row])),
    /has 80 bytes, but FP32 \[1,10\] takes 40/,
  ],
  ['NaN', ...sized(single([[NaN, ...row.slice(1)]])), /^\[0\]\.age must be .*, not NaN/],
  ['infinity', ...sized(single([[-Infinity, ...row.slice(1)]])), /^\[0\]\.age must be .*, not -Infinity/],
  ['invalid UTF-8', Buffer.from('{"id":"\xff"}', 'latin1'), {}, /must be UTF-8/],
  ['no gzip', body, { ...headers, 'content-encoding': 'gzip' }, /^the body is not gzip/],
])('%s is refused with 400, and the error says why', async (_what, bytes, sent, message) => {
  expect(await send(bytes, sent)).toMatchObject({
    status: 400,
    body: { error: expect.stringMatching(message) as string },
  });
});

function sized(data: Buffer): [Buffer, Record<string, string>] {
  const sent = withBinary([row], data, {});
  return [sent.body, sent.headers];
}
