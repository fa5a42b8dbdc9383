import { Namespace } from '../kit/namespace';

/** Returns the namespace that dist/ was applied to. */
export function appliedDist(): Namespace {
  return new Namespace(process.env['E2E_NAMESPACE'] ?? '');
}
