import { readSettings } from '@online-inference/settings';
import { declarations, demoImage, steadyImage } from '../settings';

/** Returns a name with its registry, which containerd and buildah want. */
const qualify = (image: string): string => (/^[^/]+[.:][^/]*\//.test(image) ? image : `docker.io/${image}`);

const settings = readSettings(declarations, process.env);

// A line for each target of the Dockerfile: its name and the image's name.
console.log(`steady ${qualify(steadyImage(settings))}\ndemo ${qualify(demoImage(settings))}`);
