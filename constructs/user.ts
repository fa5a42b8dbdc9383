/** The user and group that the image runs as; `runAsNonRoot` refuses a user that is given by name. */
export const USER = 65532;
