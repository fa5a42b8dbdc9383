import { join } from 'node:path';

// These paths hold in src/ and in build/, where the bundle is.

/** The ONNX file that ships with the service. */
export const PACKAGED_MODEL = join(__dirname, '..', 'model', 'heart-disease.onnx');

/** The folder of the page at /docs; `npm run build` writes it. */
export const PACKAGED_PAGE = join(__dirname, '..', 'build', 'page');
