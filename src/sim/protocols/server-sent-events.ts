import type { JsonValue } from '../../core/json.ts';

/** One server-sent event that has only data. */
export function dataEvent(data: JsonValue): string {
  return `data: ${JSON.stringify(data)}\n\n`;
}

/** One server-sent event with a name. */
export function namedEvent(event: string, data: JsonValue): string {
  return `event: ${event}\n${dataEvent(data)}`;
}

/** Content type of server-sent events. */
export const EVENT_STREAM = 'text/event-stream; charset=utf-8';
