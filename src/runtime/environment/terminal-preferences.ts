import { type Environment, variable } from './environment.ts';

/** What the environment says about colour and terminals; the command line decides with it. */
export interface TerminalPreferences {
  /** `never` (NO_COLOR, or FORCE_COLOR=0), `always` (FORCE_COLOR, CLICOLOR_FORCE), or `auto`. */
  readonly colour: 'never' | 'always' | 'auto';
  /** Colours asked for by FORCE_COLOR: 1 is 16, 2 is 256, 3 is 16 million; null when it does not say. */
  readonly colourLevel: 1 | 2 | 3 | null;
  /** True for TERM=dumb: no colour by itself and no cursor movement. */
  readonly dumb: boolean;
  /** True in continuous integration (CI set, and not `false` or `0`): nothing moves and nothing asks. */
  readonly ci: boolean;
}

/** Reads NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE, TERM and CI. A NO_COLOR that is not empty wins over all forcing. */
export function terminalPreferences(environment: Environment): TerminalPreferences {
  const force = environment.variables.get('FORCE_COLOR');
  const level = force === '1' || force === '2' || force === '3' ? Number(force) : null;
  return {
    colour: colourWish(environment, force),
    colourLevel: level as TerminalPreferences['colourLevel'],
    dumb: variable(environment, 'TERM') === 'dumb',
    ci: isSet(variable(environment, 'CI')),
  };
}

function colourWish(
  environment: Environment,
  force: string | undefined,
): TerminalPreferences['colour'] {
  if (variable(environment, 'NO_COLOR') !== undefined) return 'never';
  // An empty FORCE_COLOR counts as set, as in Node itself.
  if (force !== undefined) return force === '' || isSet(force) ? 'always' : 'never';
  return isSet(variable(environment, 'CLICOLOR_FORCE')) ? 'always' : 'auto';
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '0' && value.toLowerCase() !== 'false';
}
