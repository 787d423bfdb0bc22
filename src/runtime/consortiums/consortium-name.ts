import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';

const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9_-])?$/;

/** Names that are devices on Windows, whatever stands behind a dot. */
const DEVICES = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?$/i;

/** Words that mean something else where a consortium is named. */
const WORDS: ReadonlySet<string> = new Set([
  'calibrate',
  'check',
  'consortium',
  'help',
  'list',
  'remove',
  'run',
  'save',
  'show',
  'sim',
  'strategies',
  'test',
]);

/** Says why a text can be no consortium's name, as the end of a sentence; null for one that can. */
export function consortiumNameProblem(name: string): string | null {
  if (isConsortiumPath(name)) return 'is a path; a name has no slash and does not end in .yaml';
  if (!NAME.test(name)) {
    return 'must be up to 64 letters, digits, ".", "_" and "-", with a letter or digit first and no "." last';
  }
  if (DEVICES.test(name)) return 'is a device on Windows';
  return WORDS.has(name.toLowerCase()) ? 'has another meaning there' : null;
}

/** True for what names a file, and no saved consortium. */
export function isConsortiumPath(text: string): boolean {
  return /[\\/]/.test(text) || /\.ya?ml$/i.test(text);
}

/** @throws TuttiError `bad_usage` for a text that can be no consortium's name */
export function checkConsortiumName(name: string): void {
  const problem = consortiumNameProblem(name);
  if (problem === null) return;
  throw new TuttiError('bad_usage', `The name "${plainLine(name, 80)}" ${problem}`, {
    hint: 'Such as: tutti consortium save team -m openai/gpt-5 …',
  });
}
