/** What reading a word gave: its value, or what it must be, as the end of a sentence. */
export type Parsed<Value> = { readonly value: Value } | { readonly problem: string };

/** One option of a command. */
export interface OptionDefinition<Value> {
  /** As in the help: `-m, --model MODEL`. */
  readonly flags: string;
  /** What it does, with unit and range. */
  readonly description: string;
  /** Its default as the help shows it; settings files and the environment may change it. */
  readonly default?: string | undefined;
  readonly kind: 'switch' | 'value' | 'repeated';
  /** True where a second value takes the place of the first; default: another one is refused. */
  readonly lastCounts?: boolean;
  /** The value when it is not given. */
  readonly whenAbsent: Value;
  /** Reads one given word. */
  readonly parse: (text: string) => Parsed<unknown>;
}

/** The options of a command by the name under which `run` receives their values. */
export type OptionTable = Readonly<Record<string, OptionDefinition<unknown>>>;

/** A word as it is. */
export function anyText(text: string): Parsed<string> {
  return { value: text };
}

/** Makes an option without a value: false unless given. */
export function switchOption(flags: string, description: string): OptionDefinition<boolean> {
  return { flags, description, kind: 'switch', whenAbsent: false, parse: anyText };
}

/**
 * Makes an option without a value that settings may set, too: undefined unless given, false where it is given in its
 * spelling with `--no-`. `shownDefault` is only shown.
 */
export function optionalSwitch(
  flags: string,
  description: string,
  shownDefault: string,
): OptionDefinition<boolean | undefined> {
  const common = { flags, description, default: shownDefault, parse: anyText };
  return { ...common, kind: 'switch', whenAbsent: undefined };
}

/** Makes an option with one value: undefined unless given. `shownDefault` is only shown. */
export function valueOption<Value>(
  flags: string,
  description: string,
  parse: (text: string) => Parsed<Value>,
  shownDefault?: string,
): OptionDefinition<Value | undefined> {
  return {
    flags,
    description,
    default: shownDefault,
    kind: 'value',
    whenAbsent: undefined,
    parse,
  };
}

/** Makes an option that may be given any number of times: a list, empty unless given. */
export function repeatedOption<Value>(
  flags: string,
  description: string,
  parse: (text: string) => Parsed<Value>,
): OptionDefinition<readonly Value[]> {
  return { flags, description, kind: 'repeated', whenAbsent: [], parse };
}

/** The spellings of an option: `-m` and `--model`. */
export function spellings(option: OptionDefinition<unknown>): readonly string[] {
  return option.flags.split(/[ ,]+/).filter((word) => word.startsWith('-'));
}

/** The longest spelling of an option, `--model`. */
export function longFlag(option: OptionDefinition<unknown>): string {
  return spellings(option).at(-1) ?? option.flags;
}
