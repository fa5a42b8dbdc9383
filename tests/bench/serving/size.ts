import { existsSync, lstatSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../frame/peers';
import { runProcess } from '../frame/process';
import type { Comparison, Row } from '../frame/topic';
import { OURS } from './subjects';

const MB = 1e6;

/** Size of all files of a folder, in bytes, each once. */
function sizeOf(file: string, skip: (name: string) => boolean = () => false): number {
  const stat = lstatSync(file);
  if (!stat.isDirectory()) return stat.size;
  return readdirSync(file)
    .filter((name) => !skip(name))
    .reduce((sum, name) => sum + sizeOf(path.join(file, name), skip), 0);
}

/** What the Dockerfile puts above its base. */
function ownSize(): number {
  const onnx = path.join(ROOT, 'node_modules/onnxruntime-node');
  const common = path.join(ROOT, 'node_modules/onnxruntime-common');
  const unused = (name: string): boolean => /\.(map|d\.ts)$/.test(name);
  const files = [
    ...['packages/service/model/heart-disease.onnx', 'packages/service/model/heart-disease.json'].map((file) => path.join(ROOT, file)),
    path.join(ROOT, 'packages/service/build/main.js'),
    path.join(ROOT, 'packages/service/build/main.worker.js'),
    path.join(ROOT, 'packages/service/build/page'),
    path.join(onnx, 'bin/napi-v6', process.platform, process.arch),
    ...[path.join(onnx, 'dist'), path.join(common, 'dist/cjs')],
  ];
  return files.filter(existsSync).reduce((sum, file) => sum + sizeOf(file, unused), 0);
}

const STANDARD_LIBRARY = 'import sysconfig; print(sysconfig.get_path("stdlib"))';

/** A peer's packages, and the interpreter with its standard library, less its tests. */
async function peerSize(folder: string): Promise<{ own: number; runtime: number }> {
  const venv = path.join(folder, '.venv');
  const { stdout } = await runProcess(path.join(venv, 'bin/python'), ['-c', STANDARD_LIBRARY]);
  const library = stdout.trim();
  const unused = (name: string): boolean => ['site-packages', 'test', '__pycache__'].includes(name);
  return { own: sizeOf(path.join(venv, 'lib')), runtime: sizeOf(library, unused) };
}

/** Sizes of images that this machine's builder has, in bytes by name; none without one. */
async function builtImages(): Promise<ReadonlyMap<string, number>> {
  try {
    const { stdout } = await runProcess('buildah', ['images', '--json']);
    const images = JSON.parse(stdout) as { names: string[] | null; size: string }[];
    return new Map(
      images.flatMap(({ names, size }) => (names ?? []).map((name) => [name, parseFloat(size) * MB])),
    );
  } catch {
    return new Map();
  }
}

/** The image of `scripts/build-images`, and its base, here a stand-in. */
const IMAGE = 'docker.io/mivankin/ml_prod_hw2:v1';
const BASE = 'gcr.io/distroless/nodejs24-debian12:nonroot';

const row = (name: string, ours: boolean, sizes: { own: number; runtime: number } | undefined): Row => ({
  name,
  ours,
  runs: sizes ? [{ own: sizes.own / MB, all: (sizes.own + sizes.runtime) / MB }] : [],
  ...(!sizes && { absent: 'not built on this machine' }),
});

export const BUILT_IMAGE = `${OURS}, the built image`;

/**
 * What has to be unpacked to run each.
 *
 * @param peers the folder of each peer written in Python, by its name
 */
export async function sizes(node: string, peers: Readonly<Record<string, string>>): Promise<Comparison> {
  const images = await builtImages();
  const [image, base] = [images.get(IMAGE), images.get(BASE)];
  return {
    id: 'size',
    title: 'Size, unpacked',
    note: `Of files, without rounds. The runtime is Node's binary, or CPython's with its standard library; an operating system
is counted in the built image alone, whose base here is a stand-in for ${BASE}.`,
    base: OURS,
    measures: [
      { id: 'own', title: 'packages and own code', unit: 'MB', better: 'lower' },
      { id: 'all', title: 'with the runtime', unit: 'MB', better: 'lower' },
    ],
    rows: [
      row(OURS, true, { own: ownSize(), runtime: sizeOf(node) }),
      row(BUILT_IMAGE, true, image && base ? { own: image - base, runtime: base } : undefined),
      ...(await Promise.all(
        Object.entries(peers).map(async ([name, folder]) => row(name, false, await peerSize(folder))),
      )),
    ],
  };
}
