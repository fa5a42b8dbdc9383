// @ts-check
import { rmSync } from 'node:fs';
import { build } from 'esbuild';

// Replaces build/cli.js by a bundle: predict and check would load 300 modules otherwise.
rmSync('build/command', { recursive: true, force: true });
await build({
  entryPoints: ['src/cli.ts'],
  outdir: 'build',
  chunkNames: 'command/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  external: ['@kubernetes/client-node', 'vega', '@resvg/resvg-js', '@expo-google-fonts/*'],
  // Bundled CommonJS packages call require(), which an ES module does not have.
  banner: {
    js: "import { createRequire as forCommonJs } from 'node:module'; const require = forCommonJs(import.meta.url);",
  },
  logLevel: 'warning',
});
