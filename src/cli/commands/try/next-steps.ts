import { plainLine } from '../../../core/plain-text.ts';
import type { KeyReport } from '../../../runtime/index.ts';

/** Keys that are named one by one; the others are only counted. */
const NAMED = 4;

/** Renders what to do after the first look: which keys were found, and the commands that use them. */
export function renderNextSteps(reports: readonly KeyReport[]): string {
  const keyed = reports.filter(({ keyVariables }) => keyVariables.length > 0);
  const found = keyed.filter(({ key }) => key !== null);
  const missing = keyed
    .filter(({ key }) => key === null)
    .map(({ keyVariables }) => keyVariables[0]);
  const names = found.map(({ key }) => `${key!.variable} (${plainLine(key!.where)})`);
  const different = [...new Set(missing)];
  const more = different.length > NAMED ? ` and ${different.length - NAMED} more` : '';
  const lookedFor = `${different.slice(0, NAMED).join(', ')}${more}`;
  const provider = found[0]?.name ?? 'openai';
  return [
    '',
    names.length > 0
      ? `Now for real. Keys found: ${[...new Set(names)].join(', ')}.`
      : `Now for real. No key was found; looked for ${lookedFor}.`,
    ...(names.length > 0
      ? []
      : ['  tutti keys set openai        keep a key, readable by you only']),
    `  tutti ask "your question" -m ${provider}/MODEL -m sim/quick`,
    '  tutti ask "your question" -m "http://localhost:11434/v1#MODEL"        a server on this machine',
    '',
  ].join('\n');
}
