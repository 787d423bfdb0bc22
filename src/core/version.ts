import manifest from '../../package.json' with { type: 'json' };

/** The version of tutti. */
export const VERSION: string = manifest.version;
