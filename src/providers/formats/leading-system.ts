import type { Message } from '../../core/message.ts';

/** The messages of an API that has one place for those of the system: theirs in front, and the rest. */
export interface SplitMessages {
  readonly system: readonly Message[];
  readonly others: readonly Message[];
}

/** Splits off the system messages in front. */
export function splitLeadingSystem(messages: readonly Message[]): SplitMessages {
  const first = messages.findIndex(({ role }) => role !== 'system');
  if (first === 0) return { system: [], others: messages };
  const count = first === -1 ? messages.length : first;
  return { system: messages.slice(0, count), others: messages.slice(count) };
}
