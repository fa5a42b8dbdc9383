import { readFileSync } from 'node:fs';
import path from 'node:path';

interface LockedPackage {
  readonly hasInstallScript?: boolean;
}

const read = (file: string): unknown => JSON.parse(readFileSync(path.join(__dirname, '..', file), 'utf8'));
const { packages } = read('package-lock.json') as { packages: Readonly<Record<string, LockedPackage>> };
const { allowScripts } = read('package.json') as { allowScripts: Readonly<Record<string, boolean>> };

const withInstallScript = Object.entries(packages)
  .filter(([folder, { hasInstallScript }]) => folder !== '' && hasInstallScript)
  .map(([folder]) => folder.replace(/^.*node_modules\//, ''));

// Its script downloads CUDA libraries and fails offline; the CPU libraries are in the package. npm 11 obeys
// `allowScripts`. npm 10 runs the scripts that the lock file announces, so the line has to be deleted there.
test('npm 10 does not run the install script of onnxruntime-node: its `hasInstallScript` is deleted from package-lock.json', () => {
  expect(packages).toHaveProperty(['node_modules/onnxruntime-node']);
  expect(withInstallScript).not.toContain('onnxruntime-node');
  expect(allowScripts['onnxruntime-node']).toBe(false);
});

test('package.json decides whether npm 11 runs each install script: run `npm install-scripts deny` or `approve`', () => {
  expect(withInstallScript.filter((name) => !(name in allowScripts))).toEqual([]);
});
