import { replaceMentions } from '../../core/option-mention.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { longFlag, type OptionTable } from './option.ts';

/** Puts the flags of a command in the place of the options that a text of the library mentions. */
export function namedFlags(text: string, options: OptionTable): string {
  return replaceMentions(text, (name, value) => {
    const option = Object.hasOwn(options, name) ? options[name] : undefined;
    if (option === undefined) return undefined;
    const flag = longFlag(option);
    return value === undefined || option.kind === 'switch' ? flag : `${flag} ${value}`;
  });
}

/** The same for what an error says; what is no TuttiError stays as it is. */
export function withNamedFlags(error: unknown, options: OptionTable): unknown {
  if (!(error instanceof TuttiError)) return error;
  const message = namedFlags(error.message, options);
  const hint = error.hint === undefined ? undefined : namedFlags(error.hint, options);
  if (message === error.message && hint === error.hint) return error;
  return new TuttiError(error.code, message, { hint, cause: error });
}
