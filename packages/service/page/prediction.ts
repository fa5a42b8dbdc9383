import { byId, code, element } from './dom';

/** What `POST /predict` answers for one patient. */
export interface Prediction {
  readonly label: number;
  readonly prediction: string;
  readonly probability: number;
}

/**
 * Shows what the model says, in words, as a figure and as it was answered.
 *
 * @param meaning what the probability is of, as the document says it
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
      element('summary', {}, 'The answer as JSON'),
      code(JSON.stringify(prediction, null, 2)),
    ),
  );
  // On a narrow screen it stands below the form.
  place.scrollIntoView({ block: 'nearest' });
}

/** Takes back what was shown, when it no longer belongs to what is filled in. */
export function clearPrediction(text: string): void {
  byId('prediction').replaceChildren(element('p', { class: 'placeholder' }, text));
}

function percent(probability: number): string {
  return `${(probability * 100).toFixed(1)} %`;
}
