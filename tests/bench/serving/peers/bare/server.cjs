// The least that a Fastify service can do: it reads a body, and sends an answer that was given to it at its start.
// Usage: node server.cjs PORT ANSWERS.json, a list of { path, type, json } or { path, type, length, base64 }
const { Buffer } = require('node:buffer');
const { readFileSync } = require('node:fs');
const fastify = require('fastify');

const [, , port, file] = process.argv;
const app = fastify();
app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, done) => {
  done(null, body);
});
for (const { path, type, length, json, base64 } of JSON.parse(readFileSync(file, 'utf8'))) {
  if (json) {
    app.post(path, (_request, reply) => {
      reply.send(json);
    });
  } else {
    const answer = Buffer.from(base64, 'base64');
    app.post(path, (_request, reply) => {
      reply.type(type).header('inference-header-content-length', length).send(answer);
    });
  }
}
app.listen({ host: '127.0.0.1', port: Number(port) });
