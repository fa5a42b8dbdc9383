import { eventually } from '../kit/kubectl';
import { isReady, Namespace } from '../kit/namespace';

/** What a user waits for: every pod Ready, the demo pod after its late start. */
const READY_WITHIN_SECONDS = 90;

/** Applies the committed `dist/` as a user does, to a namespace that the tests share. */
export default async function applyDist(): Promise<void> {
  const namespace = await Namespace.create('e2e');
  process.env['E2E_NAMESPACE'] = namespace.name;
  const start = Date.now();
  try {
    // the API server warns of what is deprecated, and of fields that it would ignore
    await namespace.kubectl(['apply', '--warnings-as-errors', '-f', 'dist/']);
    await allReady(namespace);
  } catch (error) {
    console.error(await namespace.kubectl(['get', 'pods,events', '--output=wide']));
    await namespace.delete();
    throw error;
  }
  const seconds = Math.round((Date.now() - start) / 1000);
  console.log(
    `\n${await namespace.kubectl(['get', 'pods'])}all Ready ${seconds} s after kubectl apply -f dist/`,
  );
}

async function allReady(namespace: Namespace): Promise<void> {
  await eventually('every pod of dist/ Ready', READY_WITHIN_SECONDS, async () => {
    const pods = await namespace.pods();
    const notReady = pods.filter((pod) => !isReady(pod)).map((pod) => pod.metadata.name);
    if (pods.length === 0 || notReady.length > 0) {
      throw new Error(`not Ready: ${notReady.join(', ')}`);
    }
    return true;
  });
}
