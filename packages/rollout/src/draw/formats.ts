/** The formats of a picture. */
export const FORMATS = ['svg', 'png', 'html'] as const;
/** A format of a picture. */
export type Format = (typeof FORMATS)[number];
