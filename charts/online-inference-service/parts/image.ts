import { prefixed, withDefault, type Release } from '@online-inference/cdk8s-helm';
import type { ServiceValues } from './values';

/** The image that the pods of the bonus chart run. With a digest, that decides, and the tag only tells. */
export function imageOf({ image }: ServiceValues, { appVersion }: Release): string {
  return `${image.repository}:${withDefault(image.tag, appVersion)}${prefixed('@', image.digest)}`;
}
