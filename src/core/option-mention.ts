const MENTION = /`([a-zA-Z]+)(?:: (?:'([^'`]*)'|([\w.-]+)))?`/g;

/**
 * How a message of the library names one of its options: `prior: 0.5`, in backticks. A view that calls the
 * option otherwise puts its own name in the place (`replaceMentions`).
 *
 * @param value default none: the option is named alone.
 */
export function mention(option: string, value?: string | number | boolean): string {
  if (value === undefined) return `\`${option}\``;
  return `\`${option}: ${typeof value === 'string' ? `'${value}'` : value}\``;
}

/**
 * Puts other names in the place of the options that a text mentions.
 *
 * @param nameOf the name of an option with its value, if it has one; undefined leaves the mention as it is.
 */
export function replaceMentions(
  text: string,
  nameOf: (option: string, value: string | undefined) => string | undefined,
): string {
  return text.replace(
    MENTION,
    (whole, option: string, quoted: string | undefined, plain: string | undefined) =>
      nameOf(option, quoted ?? plain) ?? whole,
  );
}
