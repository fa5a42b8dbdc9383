type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** Makes an element. An attribute that is undefined or false is left out; children that are texts stay texts. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) {
      made.setAttribute(name, value === true ? '' : String(value));
    }
  }
  made.append(...children);
  return made;
}

/** The element of the page with this id. */
export function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) {
    throw new Error(`the page has no #${id}`);
  }
  return found;
}

/** Shows a notice, or hides it where there is nothing to say. */
export function notice(id: string, text: string): void {
  const place = byId(id);
  place.textContent = text;
  place.hidden = text === '';
}

/** A block of code with a button that copies it, where the browser lets a page do so. */
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
