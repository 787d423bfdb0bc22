/** The keys of a row that mean something; any other is carried through to the record. */
export const ROW_KEYS: readonly string[] = [
  'prompt',
  'model',
  'api',
  'model_name',
  'id',
  'parameters',
  'group',
  'mode',
  'safety_filter',
  'stream',
  'keep_raw',
  'expected_response',
  'reply_form',
  'reply_key',
];

/** Tells whether a key of a row means something. */
export function isRowKey(key: string): boolean {
  return ROW_KEYS.includes(key);
}
