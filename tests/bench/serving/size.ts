import path from 'node:path';
import { ROOT } from '../../kit/dist';
import { STEADY_IMAGE } from '../../kit/images';
import { output, run } from '../../kit/process';
import { type Comparison, type Row } from '../results';
import { OURS, type Subjects } from './subjects';

const MB = 1e6;

/** Returns the size of files and folders in bytes. */
async function sizeOf(files: readonly string[], ...excluded: readonly string[]): Promise<number> {
  const excludes = excluded.map((pattern) => `--exclude=${pattern}`);
  const printed = await output('du', ['--bytes', '--summarize', '--total', ...excludes, ...files], {
    cwd: ROOT,
  });
  return Number(/^(\d+)\ttotal$/m.exec(printed)?.[1]);
}

/** Returns the size of an image that buildah has, in bytes. */
async function imageSize(name: string): Promise<number | undefined> {
  const { code, stdout } = await run('buildah', ['images', '--json', name]).catch(() => ({
    code: 1,
    stdout: '',
  }));
  const [image] = code === 0 ? (JSON.parse(stdout) as { size: string }[]) : [];
  return image && parseFloat(image.size) * MB;
}

const BASE = 'gcr.io/distroless/nodejs24-debian12:nonroot';

const row = (name: string, own: number, runtime: number, ours = false): Row => {
  const [part, all] = [own / MB, (own + runtime) / MB];
  return { name, ...(ours && { ours }), values: { own: [part, part, part], all: [all, all, all] } };
};

export const BUILT_IMAGE = `${OURS}, the built image`;

/** Compares the files that each server needs, unpacked. */
export async function sizes({ node, environments }: Subjects): Promise<Comparison> {
  const onnxBinary = `node_modules/onnxruntime-node/bin/napi-v6/${process.platform}/${process.arch}`;
  const model = ['onnx', 'json'].map((type) => `packages/service/model/heart-disease.${type}`);
  const packages = [
    onnxBinary,
    'node_modules/onnxruntime-node/dist',
    'node_modules/onnxruntime-common/dist/cjs',
  ];
  const build = ['main.js', 'main.worker.js', 'page'].map((file) => `packages/service/build/${file}`);
  const own = await sizeOf([...model, ...build, ...packages], '*.map', '*.d.ts');
  const [image, base] = [await imageSize(`docker.io/${STEADY_IMAGE}`), await imageSize(BASE)];
  const peers = Object.entries(environments).map(async ([name, folder]) => {
    const library = await output(path.join(folder, 'bin/python'), [
      ...['-c', 'import sysconfig; print(sysconfig.get_path("stdlib"))'],
    ]);
    const runtime = await sizeOf([library.trim()], 'site-packages', 'test', '__pycache__');
    return row(name, await sizeOf([path.join(folder, 'lib')]), runtime);
  });
  return {
    id: 'size',
    title: 'Size, unpacked',
    note: `The runtime is Node's binary, or CPython's standard library. Only the built image includes an operating system; its base was a
stand-in for ${BASE}.`,
    measures: [
      { id: 'own', title: 'packages and own code', unit: 'MB' },
      { id: 'all', title: 'with the runtime', unit: 'MB' },
    ],
    rounds: 1,
    base: OURS,
    rows: [
      row(OURS, own, await sizeOf([node]), true),
      image === undefined || base === undefined
        ? { name: BUILT_IMAGE, ours: true, values: {}, absent: 'not built on this machine' }
        : row(BUILT_IMAGE, image - base, base, true),
      ...(await Promise.all(peers)),
    ],
  };
}
