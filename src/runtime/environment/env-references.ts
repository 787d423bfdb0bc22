import type { EnvFile } from './env-file.ts';

/** A reference to a name that the file does not set before it. The name is not kept: it may be a piece of a key. */
interface OpenReference {
  /** The variable whose value has it. */
  readonly variable: string;
  readonly line: number;
}

/** A `.env` with its references replaced. */
export interface ReplacedEnv extends EnvFile {
  /** What could not be replaced. */
  readonly openReferences: readonly OpenReference[];
}

/** Longer values are no keys and no addresses: references that would make one stay as they are. */
const MOST_CHARACTERS = 20_000;

const REFERENCE = /\$\{([^}:]*)(?::-([^}]*))?\}/g;

/**
 * Replaces `${NAME}` and `${NAME:-default}` in the values of a `.env` by what the same file sets before, as Python's
 * dotenv does. Nothing of the real environment is put in: a file of a project would else choose which of the user's secrets are
 * sent where. What is not set stays as it is written.
 */
export function replaceReferences({ entries, unreadableLines }: EnvFile): ReplacedEnv {
  const values = new Map<string, string>();
  const open: OpenReference[] = [];
  const replaced = entries.map((entry) => {
    const { name: variable, line } = entry;
    let characters = 0;
    const value = entry.value.replace(REFERENCE, (written, name: string, otherwise?: string) => {
      const found = values.get(name) ?? otherwise;
      if (found !== undefined && characters + found.length <= MOST_CHARACTERS) {
        characters += found.length;
        return found;
      }
      open.push({ variable, line });
      return written;
    });
    values.set(variable, value);
    return { ...entry, value };
  });
  return { entries: replaced, unreadableLines, openReferences: open };
}
