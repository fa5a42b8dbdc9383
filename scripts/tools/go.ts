import path from 'node:path';
import { CACHE, once, step } from './install';

/** Go, where it is not on the PATH, is where its own instructions put it. */
const GO_PATH = `${process.env['PATH'] ?? ''}${path.delimiter}/usr/local/go/bin`;

/** A program written in Go. */
export interface GoTool {
  readonly name: string;
  readonly version: string;
  readonly package: string;
}

/**
 * The path of a Go tool, which is built once.
 *
 * @throws InstallError when it is not there and cannot be built
 */
export async function goTool({ name, version, package: source }: GoTool): Promise<string> {
  const folder = await once(path.join(CACHE, `${name}-${version}`), async (part) => {
    await step(
      `${name} cannot be built, for which Go is needed`,
      'go',
      ['install', '-ldflags=-s -w', `${source}@${version}`],
      { PATH: GO_PATH, GOBIN: part, CGO_ENABLED: '0' },
    );
  });
  return path.join(folder, name);
}
