import type { TerminalPreferences } from '../../runtime/index.ts';

/** When to use colour. */
export type ColourChoice = 'auto' | 'always' | 'never';

/**
 * Decides whether a stream gets colour: the flag wins; then NO_COLOR, FORCE_COLOR and CLICOLOR_FORCE;
 * else a terminal that is not dumb does.
 */
export function usesColour(
  flag: ColourChoice | undefined,
  preferences: TerminalPreferences,
  isTerminal: boolean,
): boolean {
  if (flag === 'always' || flag === 'never') return flag === 'always';
  if (preferences.colour !== 'auto') return preferences.colour === 'always';
  return isTerminal && !preferences.dumb;
}
