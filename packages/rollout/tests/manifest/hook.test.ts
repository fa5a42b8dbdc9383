import { hookTime, unknownHooks } from '../../src/manifest/hook.ts';

const env = [
  { name: 'DELAY', value: '7' },
  { name: 'LONGER', value: '$(DELAY)m' },
];
const container = (preStop: object) => ({ name: 'web', image: 'web:v1', env, lifecycle: { preStop } });
const exec = (...command: string[]) => container({ exec: { command } });
const seconds = (given: Parameters<typeof hookTime>[0]): number => hookTime(given, 'preStop').seconds;

describe('a preStop hook takes', () => {
  test.each<[string[], number]>([
    [['sleep', '15'], 15],
    [['/bin/sleep', '0.5'], 0.5],
    [['sleep', '5m'], 300],
    [['sleep', '1m', '30s'], 90],
    [['sleep', '1h'], 3600],
    [['sleep', 'infinity'], Infinity],
    [['sh', '-c', 'sleep 5; nginx -s quit'], 5],
    [['/bin/bash', '-ec', 'sleep 5 && sleep 3'], 8],
    [['sh', '-c', 'nginx -s quit\nsleep 4'], 4],
    [['sh', '-c', 'sleep 5 || sleep 9'], 5],
    [['sh', '-c', 'sleep 9 & sleep 2'], 2],
    [['sh', '-c', 'sleep 9 & sleep 2; wait'], 9],
    [['sh', '-c', 'exec sleep "10"'], 10],
    [['sh', '-c', 'sleep 3 >/dev/null 2>&1'], 3],
    [['sh', '-c', 'echo "sleep 99"; sleep 1 # sleep 5'], 1],
    [['sh', '-c', 'sleep $DELAY'], 7],
    [['sh', '-c', 'sleep ${DELAY}s'], 7],
    [['sh', '-c', 'sleep $LONGER'], 420],
    [['sh', '-c', 'sleep ${OTHER:-12}'], 12],
    [['sh', '-c', "bash -c 'sleep 6'"], 6],
    [['asleep', '5'], 0],
    [[], 0],
  ])('%j: %d s', (command, expected) => {
    expect(seconds(exec(...command))).toBe(expected);
  });

  test('what its sleep action says', () => {
    expect(seconds(container({ sleep: { seconds: 20 } }))).toBe(20);
    expect(seconds(container({ sleep: { seconds: 0 } }))).toBe(0);
  });

  test('no time with tcpSocket, which the kubelet does not run', () => {
    expect(hookTime(container({ tcpSocket: { port: 80 } }), 'preStop')).toEqual({ seconds: 0, unknown: [] });
  });
});

describe('a hook names what it does not know', () => {
  test.each<[object, string[]]>([
    [{ exec: { command: ['sleep', '5'] } }, []],
    [{ exec: { command: ['sh', '-c', 'echo bye; sleep 5'] } }, []],
    [{ exec: { command: ['nginx', '-s', 'quit'] } }, ['nginx -s quit']],
    [{ exec: { command: ['sh', '-c', 'sleep 5; nginx -s quit'] } }, ['nginx -s quit']],
    [{ exec: { command: ['sleep', '$(DELAY)'] } }, ['sleep $(DELAY)']],
    [{ exec: { command: ['sh', '-c', 'sleep $(cat /delay)'] } }, ['sleep $(cat /delay)']],
    [{ exec: { command: ['sh', '-c', 'sleep $OTHER'] } }, ['sleep $OTHER']],
    [
      { exec: { command: ['sh', '-c', 'while pgrep php; do sleep 1; done'] } },
      ['while pgrep php; do sleep 1; done'],
    ],
    [{ exec: { command: ['sh', '-c', '/drain.sh'] } }, ['/drain.sh']],
    [{ exec: { command: ['sh', '/drain.sh'] } }, ['sh /drain.sh']],
    [{ httpGet: { path: '/quit', port: 80 } }, ['its httpGet']],
  ])('%j', (preStop, unknown) => {
    expect(hookTime(container(preStop), 'preStop').unknown).toEqual(unknown);
  });

  test('in one sentence each', () => {
    expect(unknownHooks(exec('sh', '-c', 'sleep 5; nginx -s quit'), 'containers')).toEqual([
      'containers[name=web].lifecycle.preStop: how long nginx -s quit takes is not known, taken as 5 s in all',
    ]);
  });

  test('such as a variable whose value comes from a Secret', () => {
    const secret = { name: 'DELAY', valueFrom: { secretKeyRef: { name: 'a', key: 'b' } } };
    const given = { ...exec('sh', '-c', 'sleep $DELAY'), env: [secret] };
    expect(hookTime(given, 'preStop')).toEqual({ seconds: 0, unknown: ['sleep $DELAY'] });
  });
});
