import { plainLine } from './plain-text.ts';

/** Says on one line what somebody's code has thrown, which may be anything. */
export function messageOf(thrown: unknown): string {
  try {
    return plainLine(thrown instanceof Error ? thrown.message : String(thrown), 500);
  } catch {
    return 'it threw what cannot be shown';
  }
}
