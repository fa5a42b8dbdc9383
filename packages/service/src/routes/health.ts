import { Type } from '@sinclair/typebox';
import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';

const Health = Type.Object({ status: Type.Literal('ok') });

/**
 * `GET /livez` and `/readyz` for Kubernetes, `/health` for people. The port opens after the model is loaded, so a
 * process that answers is ready. It stays ready while it drains: Kubernetes removes an ending pod from its Service
 * anyway, and requests still arrive meanwhile.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination
 */
export const healthRoutes: FastifyPluginCallbackTypebox = (app, _options, done) => {
  const summary = 'Health: the model is loaded and has run once';
  for (const url of ['/livez', '/readyz', '/health']) {
    app.get(url, { schema: { summary, tags: ['operation'], response: { 200: Health } } }, () => ({
      status: 'ok' as const,
    }));
  }
  done();
};
