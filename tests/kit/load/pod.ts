import { lookup } from 'node:dns/promises';
import http from 'node:http';
import { Load, type LoadOptions } from './load';

/**
 * What runs in a pod of the cluster: a load on the Service that it is told of, and a port on which
 * it can be ended, which answers with what came of it.
 */
async function main([service = '', options = '']: readonly string[]): Promise<void> {
  // Asked for once: that a name server keeps up with a hundred new connections a second is not the question.
  const { address } = await lookup(service);
  const load = new Load({ ...(JSON.parse(options) as Omit<LoadOptions, 'host'>), host: address });
  await load.begin();
  const control = http.createServer((request, response) => {
    const answer = async (): Promise<object> =>
      request.url === '/end' ? load.end() : { begun: true, now: Date.now() };
    void answer().then((body) => response.end(JSON.stringify(body)));
  });
  control.listen(8000);
}

// The first process of a container gets no signal that it does not ask for.
process.on('SIGTERM', () => process.exit(0));
void main(process.argv.slice(1));
