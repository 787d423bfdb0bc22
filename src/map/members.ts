import { topLevelKeys, withAddition } from '../store/index.ts';

/** A member of a JSON object, as its text has it. */
export interface Member {
  readonly name: string;
  /** The JSON text of its value. */
  readonly value: string;
}

/** Divides the text of a JSON object into its members; every value keeps its text. */
export function membersOf(text: string): readonly Member[] {
  const keys = topLevelKeys(text);
  return keys.map(({ name, end }, at) => {
    const next = keys[at + 1];
    const stop = next === undefined ? text.lastIndexOf('}') : text.lastIndexOf(',', next.start);
    return { name, value: text.slice(text.indexOf(':', end) + 1, stop).trim() };
  });
}

/** Writes members as the text of a JSON object. */
export function objectText(members: readonly Member[]): string {
  return `{${members.map(({ name, value }) => `${JSON.stringify(name)}:${value}`).join(',')}}`;
}

/** Puts members behind those of an object that has none of their names. */
export function withNew(text: string, members: readonly Member[]): string {
  if (members.length === 0) return text;
  const added = members.map(({ name, value }) => `,${JSON.stringify(name)}:${value}`).join('');
  return withAddition(text, `${added}}`);
}

/** Puts members into an object: in the place of one of the same name, else behind the others. */
export function withReplaced(text: string, members: readonly Member[]): string {
  const own = new Map(membersOf(text).map(({ name, value }) => [name, value]));
  for (const { name, value } of members) own.set(name, value);
  return objectText([...own].map(([name, value]) => ({ name, value })));
}
