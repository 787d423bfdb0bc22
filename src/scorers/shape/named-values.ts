import { TuttiError } from '../../core/tutti-error.ts';

/** What a scorer's argument may hold: by name, what reads its text; undefined is no value. */
export type NamedReaders = Readonly<Record<string, (text: string) => number | string | undefined>>;

/** The values that were given, by name. */
export type NamedValues<Readers extends NamedReaders> = {
  readonly [Name in keyof Readers]?: Exclude<ReturnType<Readers[Name]>, undefined>;
};

/**
 * Reads an argument of the form `NAME=VALUE,NAME=VALUE`.
 *
 * @throws TuttiError `bad_usage` for other names, values that cannot be read, and names that stand twice
 */
export function readNamedValues<const Readers extends NamedReaders>(
  argument: string,
  readers: Readers,
): NamedValues<Readers> {
  const values: Record<string, number | string> = {};
  const form = Object.keys(readers).map((name) => `${name}=…`);
  for (const part of argument === '' ? [] : argument.split(',')) {
    const at = part.indexOf('=');
    const name = part.slice(0, Math.max(0, at)).trim();
    const read = Object.hasOwn(readers, name) ? readers[name] : undefined;
    const value = read?.(part.slice(at + 1).trim());
    if (value === undefined || Object.hasOwn(values, name)) {
      throw new TuttiError('bad_usage', `"${part}" is not ${form.join(' or ')}, each once`);
    }
    values[name] = value;
  }
  return values as NamedValues<Readers>;
}

/** Reads a number that is 0 or more. */
export function positiveNumber(text: string): number | undefined {
  return /^(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text) : undefined;
}

/** Reads a whole number that is 0 or more. */
export function wholeNumber(text: string): number | undefined {
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
