/** What the ratings call their options in messages, and how users write them. */
const FLAGS: readonly (readonly [RegExp, string])[] = [
  [/\ba prior of 0\.5\b/g, '--prior 0.5'],
  [/\bsandwich intervals\b/g, '--intervals sandwich'],
  [/\bbootstrap intervals\b/g, '--intervals bootstrap'],
  [/\bthe least number of comparisons\b/g, '--min-comparisons'],
  [/\bor give a ridge\b/g, 'or give a --ridge'],
  [/\buse the side term\b/g, 'use --side'],
  [/\bgive the unit (\w+)/g, 'give --cluster $1'],
];

/** Puts the flags of the command line into advice that the library gives in words. */
export function namedFlags(text: string): string {
  return FLAGS.reduce((changed, [words, flag]) => changed.replace(words, flag), text);
}
