import fastify from 'fastify';
import { drain } from '../src/plugins/drain';
import { overload } from '../src/plugins/overload';
import { unknownRoutes } from '../src/plugins/unknown-routes';

test.each([
  ['drain', drain, 'refused-bodies'],
  ['overload', overload, 'metrics'],
  ['unknown-routes', unknownRoutes, 'route-list'],
])('the start fails if %s is registered without its dependency', async (name, plugin, dependency) => {
  const app = fastify();
  void app.register(plugin as typeof drain);
  await expect(app.ready()).rejects.toThrow(
    `The dependency '${dependency}' of plugin '${name}' is not registered`,
  );
});
