import { homedir } from 'node:os';

/** Everything the program takes from the process it runs in, read once and handed down. */
export interface Environment {
  /** Names and values of the real environment; look names up with `variable`. */
  readonly variables: ReadonlyMap<string, string>;
  /** `linux`, `darwin`, `win32`, ... */
  readonly platform: NodeJS.Platform;
  /** The user's own folder; null when the system knows none. */
  readonly userFolder: string | null;
}

/** Takes the snapshot of the real environment. Nothing else in the program reads `process.env`. */
export function readEnvironment(): Environment {
  return createEnvironment(process.env, process.platform, ownFolder());
}

/**
 * Makes an environment from plain values.
 *
 * @param variables names and values; undefined ones are left out.
 * @param platform default `linux`.
 * @param userFolder default: `HOME` of the variables, null without one.
 */
export function createEnvironment(
  variables: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = 'linux',
  userFolder: string | null = variables.HOME || null,
): Environment {
  const known = new Map<string, string>();
  for (const [name, value] of Object.entries(variables)) {
    if (value === undefined) continue;
    known.set(name, value);
    // Windows does not tell Path from PATH.
    if (platform === 'win32') known.set(name.toUpperCase(), value);
  }
  return { variables: known, platform, userFolder };
}

/** Gives a variable of the real environment; undefined when it is unset or empty. */
export function variable(environment: Environment, name: string): string | undefined {
  return environment.variables.get(name) || undefined;
}

function ownFolder(): string | null {
  try {
    return homedir() || null;
  } catch {
    return null;
  }
}
