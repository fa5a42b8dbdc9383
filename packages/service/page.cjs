// Bundles the page of GET /docs into a folder: node page.cjs [FOLDER]
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
  // The one beside the page extends the repository's, which an image's build lacks.
  tsconfigRaw: {},
});
for (const file of ['index.html', 'style.css']) {
  cpSync(join(__dirname, 'page', file), join(folder, file));
}
