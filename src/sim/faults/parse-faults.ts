import { TuttiError } from '../../core/tutti-error.ts';
import { listEntries, unknownWord } from '../texts/word-choice.ts';
import { FAULTS, findFault, MIXED_FAULTS } from './catalogue.ts';
import type { FaultRule, FaultWindow } from './fault-rule.ts';
import { parseWindow, WINDOW } from './parse-window.ts';

const MIXED = 'mixed';
const MIXED_MOST_IN_A_ROW = 3;

/**
 * Reads faults such as `500=5%,reset=2%,hang@10-12,429=2s@first5,redirect=308:http://127.0.0.1:9/`.
 * One entry is `NAME[=ARGUMENT][=SHARE%][@WHEN]`. Without a share it strikes every request of its
 * window; WHEN is `3`, `10-12`, `first5`, `every10` (request numbers from 1) or `2s-5s` (time since
 * the start). `mixed=10%` is an equal mixture of all that a second try should cure; it strikes one
 * request body at most three times in a row.
 *
 * @throws TuttiError `bad_usage` for an unknown name, an argument that does not fit, or shares above 100 %.
 */
export function parseFaults(text: string): FaultRule[] {
  const rules = listEntries('faults', text).flatMap(parseEntry);
  // A fault that is about some requests alone takes nothing from the share of the others.
  const isCounted = (rule: FaultRule) => !rule.window && !findFault(rule.name)?.concerns;
  const total = rules.reduce((sum, rule) => sum + (isCounted(rule) ? rule.share : 0), 0);
  if (total > 1 + 1e-9) {
    throw new TuttiError('bad_usage', `faults "${text}" are more than 100 % together`, {
      hint: 'A fault without a share strikes every request; give each its share, such as reset=2%.',
    });
  }
  return rules;
}

function parseEntry(entry: string): FaultRule[] {
  const when = WINDOW.exec(entry)?.[1];
  const window = when === undefined ? null : parseWindow(entry, when);
  const words = (when === undefined ? entry : entry.slice(0, -when.length - 1)).split('=');
  const name = words.shift() ?? '';
  const share = /^\d+(?:\.\d+)?%$/.test(words.at(-1) ?? '') ? parseShare(entry, words.pop()) : 1;
  const argument = words.length > 0 ? words.join('=') : null;
  return name === MIXED
    ? mixedRules(entry, argument, share, window)
    : [singleRule(entry, name, argument, share, window)];
}

function singleRule(
  entry: string,
  name: string,
  argument: string | null,
  share: number,
  window: FaultWindow | null,
): FaultRule {
  const fault = findFault(name);
  if (!fault) throw unknownWord('fault', name, [...FAULTS.map((known) => known.name), MIXED]);
  const given = argument ?? fault.argument?.default;
  if (given === null || !(fault.argument?.accepts(given ?? '') ?? argument === null)) {
    const wanted = fault.argument ? `takes ${fault.argument.about}` : 'takes nothing but a share';
    throw new TuttiError('bad_usage', `fault "${entry}" is not understood: ${name} ${wanted}`, {
      hint: `Write it like ${name}${fault.argument ? '=...' : ''} or ${name}=5%.`,
    });
  }
  return { name, argument, share, window, mostInARow: null };
}

function mixedRules(
  entry: string,
  argument: string | null,
  share: number,
  window: FaultWindow | null,
): FaultRule[] {
  if (argument !== null) {
    throw new TuttiError('bad_usage', `fault "${entry}" is not understood: mixed takes a share`, {
      hint: 'Write it like mixed=10%.',
    });
  }
  return MIXED_FAULTS.map((name) => ({
    name,
    argument: null,
    share: share / MIXED_FAULTS.length,
    window,
    mostInARow: MIXED_MOST_IN_A_ROW,
  }));
}

function parseShare(entry: string, text = ''): number {
  const share = Number(text.slice(0, -1)) / 100;
  if (share > 0 && share <= 1) return share;
  throw new TuttiError('bad_usage', `fault "${entry}": the share ${text} is not above 0 to 100 %`, {
    hint: 'Write it like 500=5%.',
  });
}
