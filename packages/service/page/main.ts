import { byId, code, element, notice } from './dom';
import { fieldsOf, meaningOfProbability } from './fields';
import { buildForm, patientIn, showMessages } from './form';
import type { OpenApi } from './openapi';
import { clearPrediction, showPrediction, type Prediction } from './prediction';
import { showReference } from './reference';
import { requestsFor } from './requests';

interface Failure {
  readonly error: string;
  readonly details?: readonly { readonly field: string; readonly message: string }[];
}

const base = new URL('.', document.baseURI).href;
const form = byId('form') as HTMLFormElement;

async function start(): Promise<void> {
  const answer = await fetch(new URL('openapi.json', base));
  if (!answer.ok) {
    throw new Error(`${answer.status} for ${answer.url}`);
  }
  const openapi = (await answer.json()) as OpenApi;
  byId('version').textContent = openapi.info.version;
  byId('summary').textContent = openapi.info.summary;
  showReference(openapi);
  runForm(openapi);
}

function runForm(openapi: OpenApi): void {
  const fields = fieldsOf(openapi);
  const meaning = meaningOfProbability(openapi);
  const showRequests = () => {
    const requests = requestsFor(base, openapi, patientIn(form, fields));
    byId('requests').replaceChildren(
      ...requests.flatMap(({ title, curl }) => [element('h4', {}, title), code(curl)]),
    );
  };
  buildForm(fields);
  showRequests();

  form.addEventListener('input', () => {
    showRequests();
    clearPrediction('Press Predict for a new prediction.');
  });
  form.addEventListener('reset', () => {
    // The form resets its values only after this event.
    setTimeout(() => {
      showMessages(new Map());
      notice('form-problem', '');
      showRequests();
      clearPrediction('Press Predict for a prediction.');
    });
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    predict(JSON.stringify(patientIn(form, fields)), meaning).catch((error: unknown) => {
      notice('form-problem', `The service did not answer: ${String(error)}`);
    });
  });
}

async function predict(body: string, meaning: string): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(new URL('predict', base), { method: 'POST', headers, body });
  if (answer.ok) {
    showMessages(new Map());
    notice('form-problem', '');
    showPrediction((await answer.json()) as Prediction, meaning);
    return;
  }
  const { error, details = [] } = (await answer.json()) as Failure;
  const others = showMessages(new Map(details.map(({ field, message }) => [field, message])));
  notice('form-problem', details.length === 0 ? error : others.join('; '));
  clearPrediction('The service refused the request.');
}

start().catch((error: unknown) => {
  notice('problem', `Cannot load openapi.json: ${String(error)}`);
});
