import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { predict, type Manifest } from '@online-inference/rollout';
import { committed } from '../../evidence/manifests';
import { compare } from '../frame/compare';
import { ROOT, scratch } from '../frame/peers';
import { runProcess } from '../frame/process';
import type { Comparison } from '../frame/topic';

export const SIZES = [3, 10, 100, 1000, 5000] as const;
export const sizeName = (replicas: number): string => `${replicas.toLocaleString('en-US')} replicas`;

const IMAGE = 'shop:v2';
const LEAST_MS = 300;

/** Predictions within a process, and the whole command, by the number of replicas. */
export async function speedOfPredictions(): Promise<Comparison> {
  const folder = scratch('rollouts', 'manifests');
  return compare({
    id: 'predict',
    title: 'Predicting, by size',
    measures: [
      { id: 'rate', title: 'predictions a second in one process', unit: '/s', better: 'higher' },
      { id: 'command', title: 'rollout predict, from exec to exit', unit: 'ms', better: 'lower' },
      { id: 'memory', title: 'its memory at most', unit: 'MiB', better: 'lower' },
    ],
    contenders: SIZES.map((replicas) => {
      const manifest = manifestOf(replicas);
      const file = path.join(folder, `${replicas}.json`);
      writeFileSync(file, JSON.stringify(manifest));
      return {
        name: sizeName(replicas),
        ours: true,
        measure: async (signal) => {
          const command = await runProcess(
            process.execPath,
            ['packages/rollout/bin/rollout.js', 'predict', file, '--image', IMAGE],
            { cwd: ROOT, signal, memory: true },
          );
          return { rate: rateOf(manifest), command: command.milliseconds, memory: command.peakMiB };
        },
      };
    }),
  });
}

/** With the surge that Kubernetes gives by default: so many pods one by one would be another question. */
function manifestOf(replicas: number): Manifest {
  const manifest = committed('online-inference-deployment-rolling-update') as Manifest & { spec: object };
  const rollingUpdate = { maxSurge: '25%', maxUnavailable: '25%' };
  return {
    ...manifest,
    spec: { ...manifest.spec, replicas, strategy: { type: 'RollingUpdate', rollingUpdate } },
  };
}

function rateOf(manifest: Manifest): number {
  const began = performance.now();
  let predictions = 0;
  do {
    predict(manifest, { image: IMAGE, seed: ++predictions });
  } while (performance.now() - began < LEAST_MS);
  return (predictions * 1000) / (performance.now() - began);
}
