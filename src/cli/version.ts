declare const SESSCTL_VERSION: string;

/** The package's version, put in by the build. */
export const version = SESSCTL_VERSION;
