import { STEADY_IMAGE } from '../../kit/images';
import { output } from '../../kit/process';
import { ToolError } from '../../kit/tools';
import type { Comparison } from '../results';
import { OURS } from './subjects';

const BASE = 'gcr.io/distroless/nodejs24-debian12:nonroot';
export const BUILT_IMAGE = `${OURS}, the built image`;

/** Returns the size of an image that buildah has, in MB. */
async function sizeOf(image: string): Promise<number> {
  const printed = await output('buildah', ['images', '--json', image]).catch((error: unknown) => {
    throw new ToolError(`buildah has no ${image}: run scripts/build-images (${String(error)})`);
  });
  const [{ size }] = JSON.parse(printed) as [{ size: string }];
  return parseFloat(size);
}

/** Measures the image, unpacked. @throws ToolError if buildah has no such image */
export async function imageSize(): Promise<Comparison> {
  const [all, base] = [await sizeOf(`docker.io/${STEADY_IMAGE}`), await sizeOf(BASE)];
  const own = all - base;
  return {
    id: 'size',
    title: 'Size, unpacked',
    note: `One round, because a size does not vary. The base was a stand-in for ${BASE}.`,
    measures: { own: 'packages and own code, MB', all: 'with the base, MB' },
    rounds: 1,
    rows: [{ name: BUILT_IMAGE, ours: true, values: { own: [own, own, own], all: [all, all, all] } }],
  };
}
