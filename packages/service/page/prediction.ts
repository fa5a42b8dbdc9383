import { byId, code, element } from './dom';

/** Response of `POST /predict` for one patient. */
export interface Prediction {
  readonly label: number;
  readonly prediction: string;
  readonly probability: number;
}

/**
 * Shows a prediction in words, as a number and as JSON.
 *
 * @param meaning what the probability refers to, such as "of heart disease"
 */
export function showPrediction(prediction: Prediction, meaning: string): void {
  const { label, prediction: words, probability } = prediction;
  const bar = element('span', { class: 'bar' });
  bar.style.setProperty('width', `${probability * 100}%`);
  const meter = element(
    'div',
    {
      class: 'meter',
      role: 'meter',
      'aria-label': `probability ${meaning}`,
      'aria-valuemin': 0,
      'aria-valuemax': 1,
      'aria-valuenow': probability,
    },
    bar,
  );
  const place = byId('prediction');
  place.replaceChildren(
    element('p', { class: `verdict label-${label}` }, words),
    element(
      'p',
      { class: 'probability' },
      element('strong', {}, percent(probability)),
      ` probability ${meaning}`,
    ),
    meter,
    element(
      'details',
      {},
      element('summary', {}, 'Response as JSON'),
      code(JSON.stringify(prediction, null, 2)),
    ),
  );
  // On a narrow screen the prediction is below the form.
  place.scrollIntoView({ block: 'nearest' });
}

/** Replaces a prediction that no longer matches the form. */
export function clearPrediction(text: string): void {
  byId('prediction').replaceChildren(element('p', { class: 'placeholder' }, text));
}

function percent(probability: number): string {
  return `${(probability * 100).toFixed(1)} %`;
}
