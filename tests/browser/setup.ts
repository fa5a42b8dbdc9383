import { startService, type RunningService } from './service';

declare global {
  /** The service of this run; undefined with SERVICE_URL. */
  var browserTestService: RunningService | undefined;
}

/** Starts the service once for all test files, unless SERVICE_URL names another one. */
export default async function setup(): Promise<void> {
  if (process.env['SERVICE_URL'] === undefined) {
    globalThis.browserTestService = await startService();
    process.env['SERVICE_URL'] = globalThis.browserTestService.url;
  }
}
