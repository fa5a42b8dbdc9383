import { goRun, pythonEnvironment, ToolError } from './tools';

const { PATH } = process.env;

afterEach(() => {
  process.env['PATH'] = PATH;
});

test.each([
  ['uv', () => pythonEnvironment('requirements.txt'), 'uv is not on the PATH: run `pip install uv`'],
  ['go', () => goRun('example.com/tool@v1.2.3', []), 'go is not on the PATH: see https://go.dev/doc/install'],
])('says how to install %s when it is missing', async (_name, use, message) => {
  process.env['PATH'] = '/nowhere';
  await expect(use()).rejects.toThrow(new ToolError(message));
});
