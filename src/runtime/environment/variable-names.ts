import type { ProviderDescription } from '../../providers/index.ts';

/** What a variable is called that can hold a key or an address. */
export const VARIABLE_NAME = /^[A-Za-z_][A-Za-z0-9_]{0,199}$/;

/** Longer names are read by nobody. */
const MAX_NAME_LENGTH = 200;

// They choose code, certificates, folders or the way to the network: no file of a project sets them.
const REFUSED = [
  /^(TUTTI|XDG|NODE|NPM|LD|DYLD|SSL|UV|GIT)_/i,
  /_PROXY$/i,
  /^(PATH|PATHEXT|HOME|SHELL|USER|IFS|ENV|BASH_ENV|TMPDIR|TMP|TEMP|PWD|CI|TERM)$/i,
  /^(APPDATA|LOCALAPPDATA|USERPROFILE|COMSPEC|SYSTEMROOT|WINDIR)$/i,
  /^(NO_COLOR|FORCE_COLOR|CLICOLOR_FORCE|OPENSSL_CONF|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE)$/i,
];

/** Tells whether a name is one that only the real environment may set. */
export function isRefusedVariable(name: string): boolean {
  return REFUSED.some((pattern) => pattern.test(name));
}

/** The variables that tutti reads, of the providers and of the user's `endpoints:`. */
export interface KnownVariables {
  /** Those that hold keys. */
  readonly keys: ReadonlySet<string>;
  /** Those that hold addresses and versions. */
  readonly others: ReadonlySet<string>;
}

/** Collects the variables of all providers and the key variables that `endpoints:` name. */
export function knownVariables(
  providers: readonly ProviderDescription[],
  keyVariables: Iterable<string> = [],
): KnownVariables {
  const keys = new Set(keyVariables);
  const others = new Set<string>();
  for (const provider of providers) {
    for (const name of provider.keyVariables) keys.add(name);
    for (const name of provider.baseUrlVariables) others.add(name);
    const { extraVariables = [], headerVariables = [] } = provider;
    for (const { name } of [...extraVariables, ...headerVariables]) others.add(name);
  }
  return { keys, others };
}

/** Tells what tutti reads a variable as; it may end in `_<identifier>` of a model. Undefined: it does not read it. */
export function variableKind(name: string, known: KnownVariables): 'key' | 'other' | undefined {
  if (name.length > MAX_NAME_LENGTH || isRefusedVariable(name)) return undefined;
  // A longer name wins: AZURE_OPENAI_API_KEY_x must not depend on the order of the providers.
  for (let end = name.length; end > 0; end = name.lastIndexOf('_', end - 1)) {
    const stem = name.slice(0, end);
    if (known.keys.has(stem)) return 'key';
    if (known.others.has(stem)) return 'other';
  }
  return undefined;
}

/** The end of a variable for one model (prompto's rule): each of `- / . :` and space becomes `_`. */
export function modelIdentifier(modelId: string): string {
  return modelId.replace(/[-/.: ]/g, '_');
}
