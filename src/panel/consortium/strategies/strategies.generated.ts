// Written by `npm run generate` from src/panel/consortium/strategies: do not edit.
import { strategy as elimination } from './elimination/index.ts';
import { strategy as role } from './role/index.ts';
import { strategy as semantic } from './semantic/index.ts';
import { strategy as voting } from './voting/index.ts';
import type { Strategy } from './strategy.ts';

/** Every strategy by name. */
export const STRATEGIES: Readonly<Record<string, Strategy>> = {
  'elimination': elimination,
  'role': role,
  'semantic': semantic,
  'voting': voting,
};
