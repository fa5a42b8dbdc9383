import { Type } from '@sinclair/typebox';
import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';

const Health = Type.Object({ status: Type.Literal('ok') });

/**
 * `/livez` and `/readyz` for Kubernetes, `/health` for people. The port opens when the model is loaded, so
 * whatever answers is ready; it stays so while it drains, because a pod that ends is taken out of its Service
 * anyway and requests still reach it meanwhile.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination
 */
export const healthRoutes: FastifyPluginCallbackTypebox = (app, _options, done) => {
  const summary = 'Answers when the model is loaded and was run';
  for (const url of ['/livez', '/readyz', '/health']) {
    app.get(url, { schema: { summary, tags: ['operation'], response: { 200: Health } } }, () => ({
      status: 'ok' as const,
    }));
  }
  done();
};
