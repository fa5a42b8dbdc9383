import { lookup } from 'node:dns/promises';
import http from 'node:http';
import { Load, type LoadOptions, type LoadReport } from './load';

/**
 * The program of a load pod: sends a load to a Service. Its own port answers `/end` with the
 * report, and any other path with the time.
 *
 * @param args name of the Service; options of the load as JSON; port to listen on
 */
async function main([service = '', options = '', port = '']: readonly string[]): Promise<void> {
  // Resolve the name once: the load must not depend on how many look-ups DNS answers a second.
  const { address } = await lookup(service);
  const load = await Load.start({
    ...(JSON.parse(options) as Omit<LoadOptions, 'url'>),
    url: `http://${address}/`,
  });
  let report: Promise<LoadReport> | undefined;
  http
    .createServer((request, response) => {
      const answer = async (): Promise<object> =>
        request.url === '/end' ? (report ??= load.end()) : { now: Date.now() };
      void answer().then((body) => response.end(JSON.stringify(body)));
    })
    .listen(Number(port));
}

// The first process of a container gets no signal that it has no handler for.
process.on('SIGTERM', () => process.exit(0));
void main(process.argv.slice(1));
