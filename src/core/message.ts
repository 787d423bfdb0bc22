import type { JsonValue } from './json.ts';

/**
 * One message of a conversation, sent as it is: its role by the name that the API has for it (`system`,
 * `developer`, `user`, `assistant`, `tool`, ...), and whatever else the API knows (`name`, `prefix`, ...).
 */
export interface Message {
  readonly role: string;
  /** Text; or parts: a text, one in the asked API's own form, or a `MediaPart`, which each provider writes in its form. */
  readonly content: string | readonly JsonValue[];
  readonly [key: string]: JsonValue;
}
