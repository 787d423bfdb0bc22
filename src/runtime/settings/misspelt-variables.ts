import { nearestName } from '../../core/nearest-name.ts';
import type { Environment } from '../environment/environment.ts';
import type { Notice } from '../environment/notice.ts';
import { environmentName, RUN_OPTION_NAMES } from './run-options.ts';

const PREFIX = 'TUTTI_';

/** All variables of tutti's own. */
const KNOWN = [
  ...RUN_OPTION_NAMES.map(environmentName),
  ...['TUTTI_MODELS', 'TUTTI_HOME', 'TUTTI_TRUST', 'TUTTI_LIFELINE'],
];

/**
 * Finds variables that are like one of tutti's and are none: a misspelt limit would not hold, and nobody would know.
 * They stop nothing, since another program may call its own so; those that are like none are passed over.
 */
export function misspeltVariables({ variables, platform }: Environment): readonly Notice[] {
  const endings = KNOWN.map((name) => name.slice(PREFIX.length));
  return [...variables].flatMap(([name, value]): Notice[] => {
    const upper = name.toUpperCase();
    // On Windows each name is there in capitals, too.
    const isRepeated = platform === 'win32' && name !== upper;
    const isOther = !upper.startsWith(PREFIX) || KNOWN.includes(name) || value === '';
    if (isRepeated || isOther) return [];
    const meant = nearestName(upper.slice(PREFIX.length), endings);
    return meant === undefined ? [] : [{ kind: 'variable_misspelt', name, meant: PREFIX + meant }];
  });
}
