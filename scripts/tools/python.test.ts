import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { InstallError } from './install';
import { python, type VenvOptions } from './python';

let folder: string;
const at = (name: string) => path.join(folder, name);
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'python-'));
  mkdirSync(at('cache'));
  writeFileSync(at('requirements.txt'), 'numpy==2.4.6\n');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** What a Python is asked for, and what it does then. */
interface Doings {
  readonly version?: string;
  readonly venv?: string;
  readonly pip?: string;
}

/** A program that does as python3 does, but for what is said, and notes what it was asked for. */
function interpreter({ version = '3 12', venv = 'true', pip = 'true' }: Doings = {}): string {
  const script = `#!/bin/sh
echo "$@" >> '${at('asked')}'
case "$1 $2" in
  '-c '*) echo ${version} ;;
  '-m venv') (${venv}) && mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
  '-m pip') ${pip} ;;
esac
`;
  const file = at('python3');
  writeFileSync(file, script, { mode: 0o755 });
  return file;
}

const made = (options: VenvOptions): Promise<string> => python(at('requirements.txt'), options, at('cache'));

/** How often packages were installed, and with what. */
const installs = (): string[] =>
  readFileSync(at('asked'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('-m pip'));

test('it is made once, of what the file pins and nothing else', async () => {
  const options = { interpreter: interpreter() };
  const first = await made(options);
  expect(await made(options)).toBe(first);
  expect(readFileSync(first, 'utf8')).toContain('-m pip');
  expect(installs()).toEqual([expect.stringMatching(/^-m pip install .*--no-deps .*requirements\.txt$/)]);
});

test('it is made anew when the requirements change, or the Python', async () => {
  const options = { interpreter: interpreter() };
  const first = await made(options);
  writeFileSync(at('requirements.txt'), 'numpy==2.4.7\n');
  const second = await made(options);
  interpreter({ version: '3 13' });
  const third = await made(options);
  expect(new Set([first, second, third]).size).toBe(3);
  expect(installs()).toHaveLength(3);
});

test('packages that cannot be installed are told in the words of pip, and leave nothing behind', async () => {
  const pip = 'echo "No matching distribution found for numpy==2.4.6" >&2; exit 1';
  await expect(made({ interpreter: interpreter({ pip }) })).rejects.toThrow(
    /packages of .*requirements\.txt cannot be installed: No matching distribution found for numpy==2\.4\.6$/,
  );
  expect(readdirSync(at('cache'))).toEqual([]);
  expect(await made({ interpreter: interpreter() })).toContain(at('cache'));
});

test('two runs at once take what one of them has made', async () => {
  const options = { interpreter: interpreter({ pip: 'sleep 0.05' }) };
  const [one, other] = await Promise.all([made(options), made(options)]);
  expect(one).toBe(other);
  expect(readdirSync(at('cache'))).toHaveLength(1);
});

const range = { oldest: [3, 11], newest: [3, 13] } as const;

test.each<[string, () => VenvOptions, RegExp]>([
  [
    'no Python',
    () => ({ interpreter: at('nowhere'), ...range }),
    /requirements\.txt needs Python 3\.11 to 3\.13, but .*nowhere cannot be run \(install it, or name another in PYTHON\): .*spawn .* ENOENT$/,
  ],
  [
    'one that is too old',
    () => ({ interpreter: interpreter({ version: '3 9' }), ...range }),
    /needs Python 3\.11 to 3\.13, but .*python3 is 3\.9; PYTHON names another$/,
  ],
  [
    'one that is too new',
    () => ({ interpreter: interpreter({ version: '4 0' }), ...range }),
    /but .*python3 is 4\.0; PYTHON/,
  ],
  [
    'one without venv and pip',
    () => ({ interpreter: interpreter({ venv: 'echo ensurepip is not available; exit 1' }) }),
    /has no venv with pip, which on Debian and Ubuntu is in the package python3-venv: ensurepip is not available$/,
  ],
])('%s: it says what is needed', async (_, options, words) => {
  const refused = made(options());
  await expect(refused).rejects.toThrow(InstallError);
  await expect(refused).rejects.toThrow(words);
});
