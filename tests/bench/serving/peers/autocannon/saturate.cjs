// Asks for as much as a server can take, and prints what autocannon saw of it. Its own command line reads a body as text.
// Usage: node saturate.cjs URL BODY CONNECTIONS SECONDS [NAME=VALUE of a header …]
const { readFileSync } = require('node:fs');
const autocannon = require('autocannon');

const [, , url, body, connections, duration, ...headers] = process.argv;

autocannon({
  url,
  method: 'POST',
  body: readFileSync(body),
  headers: Object.fromEntries(headers.map((header) => header.split('='))),
  connections: Number(connections),
  duration: Number(duration),
}).then(({ requests, latency, non2xx, errors, duration: seconds }) => {
  console.log(
    JSON.stringify({ answers: requests.total, seconds, p50: latency.p50, p99: latency.p99, non2xx, errors }),
  );
});
