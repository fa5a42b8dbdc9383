import { Namespace } from '../kit/namespace';

/** Time for every pod to become Ready: the demo pod starts late, and small nodes pull slowly. */
const READY_WITHIN_SECONDS = 180;

/** Applies dist/ as a user does, to a namespace that the tests share. */
export default async function applyDist(): Promise<void> {
  const namespace = await Namespace.create('e2e');
  process.env['E2E_NAMESPACE'] = namespace.name;
  const start = Date.now();
  try {
    // The API server warns of deprecated APIs and of fields that it would ignore.
    await namespace.kubectl(['apply', '--warnings-as-errors', '-f', 'dist/']);
    await namespace.allReady(READY_WITHIN_SECONDS);
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
