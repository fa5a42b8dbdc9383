import { readSettings } from '@online-inference/settings';
import { declarations, demoImage, steadyImage } from '../../settings';

const settings = readSettings(declarations, process.env);

/** Repository of both images, as dist/ and the Helm chart name it. */
export const IMAGE_REPOSITORY = settings.imageRepository;

/** Image that is healthy from the start. */
export const STEADY_IMAGE = steadyImage(settings);

/** The same program with a late start and a crash built in. */
export const DEMO_IMAGE = demoImage(settings);
