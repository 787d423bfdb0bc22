import { nearestName } from '../../core/nearest-name.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { type Latency, parseLatency } from './latency.ts';

/** How a member or judge of a simulated panel behaves. */
export interface PanelSettings {
  /** Probability of the right answer, 0 to 1. */
  readonly skill: number;
  /** Correlation of errors with another member of this skill and correlation, on one question; 0 to 0.99. */
  readonly correlation: number;
  /** Probability of a text without an answer line, or without a verdict; 0 to 1. */
  readonly unparsed: number;
  /** Probability that no answer ever comes, 0 to 1. */
  readonly hang: number;
  /** Another seed answers otherwise; whole, from 0. */
  readonly seed: number;
  /** What a judge adds to the first answer that is shown, where right and wrong are 1 apart. */
  readonly bias: number;
  /** What a judge adds to its own answer. */
  readonly self: number;
  /** Standard deviation of what a judge adds to each answer by chance. */
  readonly noise: number;
  /** Probability that two answers next to each other in a ranking are told as equal, 0 to 1. */
  readonly tie: number;
  /** Probability that a judge repeats what the answers say around its verdict, 0 to 1. */
  readonly obey: number;
  /** Time of an answer; null for the server's. */
  readonly latency: Latency | null;
}

/** What is wrong with the parameters of a name. */
export interface PanelProblem {
  readonly problem: string;
  readonly hint: string;
}

interface NumberParameter {
  readonly from: number;
  readonly to: number;
  readonly whole?: boolean;
  readonly usual: number;
}

const SHARE = { from: 0, to: 1 };
const ADDED = { from: -100, to: 100 };
const NUMBERS: Readonly<Record<Exclude<keyof PanelSettings, 'latency'>, NumberParameter>> = {
  skill: { ...SHARE, usual: 0.7 },
  correlation: { from: 0, to: 0.99, usual: 0 },
  unparsed: { ...SHARE, usual: 0 },
  hang: { ...SHARE, usual: 0 },
  seed: { from: 0, to: 4_294_967_295, whole: true, usual: 1 },
  bias: { ...ADDED, usual: 0 },
  self: { ...ADDED, usual: 0 },
  noise: { from: 0, to: 100, usual: 0.5 },
  tie: { ...SHARE, usual: 0 },
  obey: { ...SHARE, usual: 0 },
};
const LATENCY = 'latency';

/** The names of the models that take parameters behind a question mark. */
export const PANEL_NAMES: readonly string[] = ['member', 'judge'];

/** The parameters with what they are when they are not given. */
export const PANEL_PARAMETERS: readonly {
  readonly name: string;
  readonly usual: string;
}[] = [
  ...Object.entries(NUMBERS).map(([name, { usual }]) => ({ name, usual: String(usual) })),
  { name: LATENCY, usual: 'none' },
];

/**
 * Reads parameters such as `skill=0.7&correlation=0.3`; those that are not given are as usual.
 *
 * @returns the settings, or the first mistake.
 */
export function readPanelSettings(query: string): PanelSettings | PanelProblem {
  const given = new Map<string, string>();
  for (const [name, text] of new URLSearchParams(query)) {
    if (name !== LATENCY && !Object.hasOwn(NUMBERS, name)) return unknownParameter(name);
    if (given.has(name)) {
      return { problem: `has the parameter ${name} twice`, hint: 'Leave one of them out.' };
    }
    given.set(name, text.trim());
  }
  const numbers: Record<string, number> = {};
  for (const [name, parameter] of Object.entries(NUMBERS)) {
    const text = given.get(name);
    const value = text === undefined ? parameter.usual : numberIn(text, parameter);
    if (value === undefined) return wrongValue(name, text ?? '', parameter);
    numbers[name] = value;
  }
  try {
    const text = given.get(LATENCY);
    const latency = text === undefined ? null : parseLatency(text);
    return { ...(numbers as Record<keyof typeof NUMBERS, number>), latency };
  } catch (error) {
    if (!(error instanceof TuttiError)) throw error;
    return { problem: `has a wrong parameter: ${error.message}`, hint: error.hint ?? '' };
  }
}

function numberIn(text: string, { from, to, whole }: NumberParameter): number | undefined {
  if (!/^[-+]?(?:\d{1,12}(?:\.\d{0,12})?|\.\d{1,12})$/.test(text)) return undefined;
  const value = Number(text);
  return value >= from && value <= to && (!whole || Number.isInteger(value)) ? value : undefined;
}

function unknownParameter(name: string): PanelProblem {
  const names = PANEL_PARAMETERS.map((parameter) => parameter.name);
  const near = nearestName(name, names);
  return {
    problem: `has an unknown parameter "${name.slice(0, 60)}"`,
    hint: near === undefined ? `There are: ${names.join(', ')}.` : `Did you mean ${near}?`,
  };
}

function wrongValue(name: string, text: string, { from, to, whole, usual }: NumberParameter) {
  const kind = whole ? 'a whole number' : 'a number';
  return {
    problem: `has ${name}=${text.slice(0, 60)}, which is not ${kind} from ${from} to ${to}`,
    hint: `Write it like ${name}=${usual}.`,
  };
}
