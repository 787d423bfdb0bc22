import type { JsonValue } from './json.ts';

/**
 * One message of a conversation. `content` is text, or the parts of a provider's own format
 * (carried as the user wrote them).
 */
export interface Message {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string | readonly JsonValue[];
}
