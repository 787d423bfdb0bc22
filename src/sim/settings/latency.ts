import type { Random } from '../../core/clock.ts';
import { parseDurationMs } from '../../core/duration.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { standardNormal } from '../texts/standard-normal.ts';
import { unknownWord } from '../texts/word-choice.ts';

/** How long answers take. All durations in milliseconds, 0 or more. */
export type Latency =
  | { readonly kind: 'fixed'; readonly ms: number }
  | { readonly kind: 'uniform'; readonly fromMs: number; readonly toMs: number }
  | { readonly kind: 'lognormal'; readonly medianMs: number; readonly sigma: number };

/** The latency of a server that answers at once. */
export const NO_LATENCY: Latency = { kind: 'fixed', ms: 0 };

/** Draws one duration in milliseconds. A log-normal draw is `median * exp(sigma * z)`, z standard normal. */
export function drawLatencyMs(latency: Latency, random: Random): number {
  switch (latency.kind) {
    case 'fixed':
      return latency.ms;
    case 'uniform':
      return latency.fromMs + (latency.toMs - latency.fromMs) * random();
    case 'lognormal':
      return latency.medianMs * Math.exp(latency.sigma * standardNormal(random));
  }
}

/**
 * Reads a latency: `200ms`, `50-300ms` (uniform; the unit of the second serves both), or
 * `lognormal(400ms,0.5)` (median and sigma). Units: ms, s, m, h.
 *
 * @throws TuttiError `bad_usage` when it is none of these, or the range is upside down.
 */
export function parseLatency(text: string): Latency {
  const call = /^([a-z]+)\s*\((.*)\)$/i.exec(text.trim());
  if (call) return parseDistribution(text, call[1] ?? '', call[2] ?? '');
  const range = /^([\d.]+)(ms|s|m|h)?\s*-\s*([\d.]+)(ms|s|m|h)$/.exec(text.trim());
  if (range) {
    const [, from, fromUnit, to, unit] = range;
    return uniform(text, `${from}${fromUnit ?? unit}`, `${to}${unit}`);
  }
  return { kind: 'fixed', ms: duration(text, text) };
}

function parseDistribution(text: string, name: string, inside: string): Latency {
  const parts = inside.split(',').map((part) => part.trim());
  const [first = '', second = ''] = parts;
  if (parts.length !== 2) throw wrongLatency(text);
  if (name === 'uniform') return uniform(text, first, second);
  if (name !== 'lognormal') throw unknownWord('latency', name, ['lognormal', 'uniform']);
  const sigma = Number(second);
  if (second === '' || !(sigma >= 0 && sigma <= 5)) {
    throw new TuttiError('bad_usage', `latency "${text}": sigma "${second}" is not from 0 to 5`, {
      hint: 'Write it like lognormal(400ms,0.5).',
    });
  }
  return { kind: 'lognormal', medianMs: duration(text, first), sigma };
}

function uniform(text: string, from: string, to: string): Latency {
  const latency = {
    kind: 'uniform',
    fromMs: duration(text, from),
    toMs: duration(text, to),
  } as const;
  if (latency.fromMs <= latency.toMs) return latency;
  throw new TuttiError('bad_usage', `latency "${text}" begins above its end`, {
    hint: `Write it as ${to}-${from}.`,
  });
}

function duration(whole: string, part: string): number {
  const ms = parseDurationMs(part);
  if (ms === undefined) throw wrongLatency(whole);
  return ms;
}

function wrongLatency(text: string): TuttiError {
  return new TuttiError('bad_usage', `latency "${text}" is not understood`, {
    hint: 'Write 200ms, 1.5s, 50-300ms or lognormal(400ms,0.5).',
  });
}
