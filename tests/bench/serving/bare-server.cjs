// @ts-check
const { Buffer } = require('node:buffer');
const fastify = require('fastify').default;
const examples = require('@online-inference/service/model/examples.json');

/** The least that a Fastify service does: reads a body and sends a constant answer. `bare-server.cjs PORT` */
const { label, probability } = examples[0] ?? { label: 0, probability: 0 };
const output = { name: 'probability', datatype: 'FP32', shape: [1] };
const answer = { model_name: 'heart-disease', model_version: '1' };
const head = JSON.stringify({ ...answer, outputs: [{ ...output, parameters: { binary_data_size: 4 } }] });
const binary = Buffer.concat([Buffer.from(head), Buffer.from(Float32Array.of(probability).buffer)]);

const app = fastify();
app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, done) => {
  done(null, body);
});
app.post('/predict-1', (_request, reply) => {
  reply.send({ label, prediction: 'no heart disease', probability });
});
app.post('/v2-json-1', (_request, reply) => {
  reply.send({ ...answer, outputs: [{ ...output, data: [probability] }] });
});
app.post('/v2-binary-1', (_request, reply) => {
  reply.type('application/octet-stream').header('inference-header-content-length', head.length).send(binary);
});
void app.listen({ host: '127.0.0.1', port: Number(process.argv[2]) });
