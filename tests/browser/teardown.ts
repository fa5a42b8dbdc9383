import { stopService } from './service';

/** Stops the service of setup.ts. */
export default async function teardown(): Promise<void> {
  if (globalThis.browserTestService) {
    await stopService(globalThis.browserTestService);
  }
}
