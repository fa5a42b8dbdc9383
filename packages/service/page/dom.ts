type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** Creates an element. Omits attributes that are undefined or false. String children become text nodes, never HTML. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const created = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) {
      created.setAttribute(name, value === true ? '' : String(value));
    }
  }
  created.append(...children);
  return created;
}

/** Returns the element with the given id. @throws Error if the page has none */
export function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) {
    throw new Error(`the page has no #${id}`);
  }
  return found;
}

/** Shows a notice, or hides it if the text is empty. */
export function notice(id: string, text: string): void {
  const place = byId(id);
  place.textContent = text;
  place.hidden = text === '';
}

/** Creates a block of code. Its Copy button needs a secure context, because browsers hide the clipboard otherwise. */
export function code(text: string): HTMLElement {
  const block = element('pre', { tabindex: 0 }, element('code', {}, text));
  if (!window.isSecureContext) {
    return element('div', { class: 'code' }, block);
  }
  const button = element('button', { type: 'button', class: 'copy' }, 'Copy');
  button.addEventListener('click', () => {
    void navigator.clipboard.writeText(text).then(() => {
      button.textContent = 'Copied';
    });
  });
  return element('div', { class: 'code' }, block, button);
}
