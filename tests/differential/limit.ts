/** Latest end of a recording or prediction, in seconds since the change. */
export const LIMIT_SECONDS = 240;
