import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';

/** One mistake in the settings. It never quotes a value: that may be a key. */
export interface SettingsProblem {
  /** `tutti.yaml:4:3`, or the name of a variable. */
  readonly where: string;
  /** What is wrong, as a sentence. */
  readonly message: string;
}

/** Makes one `bad_settings` error of all mistakes, one a line. */
export function badSettings(problems: readonly SettingsProblem[], hint?: string): TuttiError {
  const lines = problems.map(({ where, message }) => `${plainLine(where)}: ${message}`);
  return new TuttiError('bad_settings', lines.join('\n'), { hint });
}
