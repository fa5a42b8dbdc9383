import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Spec } from 'vega';
import { FONT_STACK } from './spec.ts';

const require = createRequire(import.meta.url);

const STYLE = `
body { margin: 24px auto; max-width: 1000px; font: 14px/1.4 ${FONT_STACK}; color: #1f2328; background: #fff }
#picture { cursor: grab } #picture:active { cursor: grabbing }
#hint { color: #59636e; margin: 8px }
#tip { position: fixed; display: none; pointer-events: none; z-index: 1; max-width: 360px; padding: 8px 10px;
  background: #fff; border: 1px solid #d1d9e0; border-radius: 6px; box-shadow: 0 4px 14px rgb(31 35 40 / 18%); font-size: 12px }
#tip b { display: block; overflow-wrap: anywhere } #tip dl { display: grid; grid-template-columns: auto 1fr; gap: 0 10px; margin: 4px 0 0 }
#tip dt { color: #59636e } #tip dd { margin: 0; overflow-wrap: anywhere }
`;

/** Runs in the page: renders the picture, and shows a tooltip for the bar at the pointer. */
const SCRIPT = `
const tip = document.getElementById('tip');
function tooltip(handler, event, item, value) {
  if (value == null || typeof value !== 'object') { tip.style.display = 'none'; return; }
  const title = document.createElement('b'), list = document.createElement('dl');
  title.textContent = value.title;
  for (const [key, each] of Object.entries(value)) {
    if (key === 'title') continue;
    const name = document.createElement('dt'), text = document.createElement('dd');
    name.textContent = key; text.textContent = each;
    list.append(name, text);
  }
  tip.replaceChildren(title, list);
  tip.style.display = 'block';
  const { width, height } = tip.getBoundingClientRect();
  tip.style.left = Math.max(4, Math.min(event.clientX + 14, innerWidth - width - 8)) + 'px';
  tip.style.top = (event.clientY + 18 + height > innerHeight ? event.clientY - height - 10 : event.clientY + 18) + 'px';
}
const spec = JSON.parse(document.getElementById('spec').textContent);
new vega.View(vega.parse(spec), { container: '#picture', renderer: 'svg', hover: true, tooltip }).runAsync();
`;

/** Reads Vega's build for browsers, which the package ships but does not export. */
function readRuntime(): string {
  const entry = require.resolve('vega/vega-schema.json');
  return readFileSync(join(dirname(entry), 'vega.min.js'), 'utf8');
}

const escapeHtml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** Returns a page that shows a picture. The page needs no network. */
export function specToHtml(spec: Spec): string {
  const description = typeof spec.description === 'string' ? spec.description : 'Rollout';
  const title = description.split('. ')[0] ?? description;
  // An end tag in the JSON would end its script element.
  const json = JSON.stringify(spec).replaceAll('<', '\\u003c');
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
<div id="picture" role="img" aria-label="${escapeHtml(description).replaceAll('"', '&quot;')}"></div>
<p id="hint">Point at a bar for details. Scroll to zoom in time, drag to pan, double-click to reset.</p>
<div id="tip"></div>
<script type="application/json" id="spec">${json}</script>
<script>${readRuntime().replaceAll('</script', '<\\/script')}</script>
<script>${SCRIPT}</script>
</html>
`;
}
