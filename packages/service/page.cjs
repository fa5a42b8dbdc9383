// @ts-check
// Bundles the page of GET /docs: node page.cjs [FOLDER], by default build/page
const { cpSync } = require('node:fs');
const { join } = require('node:path');
const { buildSync } = require('esbuild');

const folder = process.argv[2] ?? join(__dirname, 'build', 'page');

buildSync({
  absWorkingDir: __dirname,
  entryPoints: ['page/main.ts'],
  outfile: join(folder, 'main.js'),
  bundle: true,
  format: 'iife',
  target: 'es2022',
  minify: true,
  // page/tsconfig.json extends the repository's, which the image's build does not have.
  tsconfigRaw: {},
});
for (const file of ['index.html', 'style.css']) {
  cpSync(join(__dirname, 'page', file), join(folder, file));
}
