import { byId, element } from './dom';
import type { Field } from './fields';
import type { Patient } from './requests';

/** Builds the form. Each field has a label, a hint, and space for an error message. */
export function buildForm(fields: readonly Field[]): void {
  byId('fields').replaceChildren(
    ...fields.map((field) => (field.choices.length === 2 ? radios(field) : labelled(field))),
  );
}

/** Shows both choices of a category as radio buttons. */
function radios({ name, label, choices, example }: Field): HTMLElement {
  const options = choices.map(({ code, title }) =>
    element(
      'label',
      { class: 'radio' },
      element('input', { type: 'radio', name, value: code, checked: code === example }),
      element('span', {}, title),
    ),
  );
  const names = { 'aria-labelledby': `${name}-label`, 'aria-describedby': `${name}-message` };
  return element(
    'div',
    { class: 'field', role: 'radiogroup', 'data-field': name, ...names },
    element('span', { id: `${name}-label`, class: 'label' }, label, ' ', element('code', {}, name)),
    element('div', { class: 'radios' }, ...options),
    element('p', { class: 'hint' }),
    message(name),
  );
}

function labelled(field: Field): HTMLElement {
  const { name, label, hint } = field;
  return element(
    'div',
    { class: 'field', 'data-field': name },
    element('label', { class: 'label', for: `field-${name}` }, label, ' ', element('code', {}, name)),
    control(field),
    element('p', { id: `${name}-hint`, class: 'hint' }, hint),
    message(name),
  );
}

function control({ name, choices, minimum, maximum, integer, example }: Field): HTMLElement {
  const common = { id: `field-${name}`, name, 'aria-describedby': `${name}-hint ${name}-message` };
  if (choices.length > 0) {
    const options = choices.map(({ code, title }) =>
      element('option', { value: code, selected: code === example }, title),
    );
    return element('select', common, ...options);
  }
  const limits = {
    min: minimum,
    max: maximum,
    step: integer ? 1 : 'any',
    inputmode: integer ? 'numeric' : 'decimal',
  };
  return element('input', { ...common, type: 'number', value: example, ...limits });
}

function message(name: string): HTMLElement {
  return element('p', { id: `${name}-message`, class: 'message' });
}

/** Reads the patient from the form without validation; the service validates. */
export function patientIn(form: HTMLFormElement, fields: readonly Field[]): Patient {
  const data = new FormData(form);
  return Object.fromEntries(
    fields.map(({ name }) => {
      const text = data.get(name) ?? '';
      return [name, text === '' ? undefined : Number(text)];
    }),
  );
}

/**
 * Shows each message at its field, replaces earlier messages, and focuses the first invalid field.
 *
 * @returns the messages that belong to no field of the form
 */
export function showMessages(messages: ReadonlyMap<string, string>): string[] {
  const places = [...document.querySelectorAll<HTMLElement>('[data-field]')];
  for (const place of places) {
    const text = messages.get(place.dataset['field'] ?? '') ?? '';
    place.querySelector('.message')?.replaceChildren(text);
    const control = place.role === 'radiogroup' ? place : place.querySelector('input, select');
    control?.setAttribute('aria-invalid', String(text !== ''));
  }
  const wrong = '[aria-invalid="true"]';
  document.querySelector<HTMLElement>(`input${wrong}, select${wrong}, ${wrong} input`)?.focus();
  const shown = new Set(places.map((place) => place.dataset['field']));
  return [...messages].filter(([field]) => !shown.has(field)).map(([, text]) => text);
}
