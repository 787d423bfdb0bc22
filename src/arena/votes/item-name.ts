/**
 * The name of an item as it is used: without white space around it and in Unicode's composed form, so
 * that two spellings that no reader can tell apart are one item; null for an empty one.
 */
export function itemName(text: string, rename?: ReadonlyMap<string, string>): string | null {
  const name = text.trim().normalize('NFC');
  return name === '' ? null : (rename?.get(name) ?? name);
}
