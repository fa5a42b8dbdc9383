import { cpuLimit, inferenceThreads } from '../src/cpu-limit';

const files = (contents: Record<string, string>) => (path: string) => contents[path];
const version1 = (quota: string) =>
  files({ 'cpu/cpu.cfs_quota_us': `${quota}\n`, 'cpu/cpu.cfs_period_us': '100000\n' });

test.each([
  ['50000 100000\n', 0.5],
  ['250000 100000\n', 2.5],
  ['max 100000\n', undefined],
])('cgroup v2: cpu.max %j is a limit of %p CPUs', (content, cpus) => {
  expect(cpuLimit(files({ 'cpu.max': content }))).toBe(cpus);
});

test.each([
  ['50000', 0.5],
  ['400000', 4],
  ['-1', undefined],
])('cgroup v1: a quota of %s is a limit of %p CPUs', (quota, cpus) => {
  expect(cpuLimit(version1(quota))).toBe(cpus);
});

test('there is no limit without a cgroup', () => {
  expect(cpuLimit(files({}))).toBeUndefined();
});

test.each([
  [0.25, 8, 1],
  [2.5, 8, 2],
  [16, 8, 8],
  [undefined, 4, 4],
])('a limit of %p CPUs on %d cores gives %d threads per inference', (limit, cores, threads) => {
  expect(inferenceThreads(limit, cores)).toBe(threads);
});
