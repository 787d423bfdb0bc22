import type { LaneStatus, LaneWait } from '../../ask/index.ts';
import { plainLine } from '../../core/plain-text.ts';
import type { LaneLimits } from '../../runtime/index.ts';
import { countText, durationText } from './figures.ts';

/** Renders why a lane starts nothing at the moment, or what ended it; `-` when nothing holds it. */
export function waitingText(lane: LaneStatus, nowMs: number, limits: LaneLimits = {}): string {
  if (lane.state === 'done') return 'done';
  if (lane.state === 'stopped') return 'stopped';
  if (lane.state === 'parked' || lane.state === 'failed') {
    return `${lane.state}: ${plainLine(lane.error?.message ?? 'no reason given')}`;
  }
  if (lane.waiting === null) return '-';
  const { reason, untilMs, sinceMs, said } = lane.waiting;
  const what = reasonText(reason, limits);
  if (what === '-') return what;
  const leftMs = untilMs - nowMs;
  const joined = JOINED[reason] ?? ',';
  const isNow = !Number.isFinite(leftMs) || leftMs <= 0;
  const now = joined === ' in' ? ' now' : '';
  const left = isNow ? now : `${joined} ${durationText(leftMs)}`;
  const lastedMs = sinceMs == null ? 0 : nowMs - sinceMs;
  const since = lastedMs < LONG_MS ? '' : `, for ${durationText(lastedMs)} already`;
  return `${what}${left}${since}${said ? `: "${plainLine(said, QUOTED_CHARACTERS)}"` : ''}`;
}

/** What stands before the time that is left, where it is no comma. */
const JOINED: Partial<Record<LaneWait['reason'], string>> = {
  'back-off': '',
  retry: ' in',
  unreachable: ' in',
  failing: ' in',
};
/** How long it has waited is told from here on. */
const LONG_MS = 10_000;
const QUOTED_CHARACTERS = 120;

function reasonText(reason: LaneWait['reason'], limits: LaneLimits): string {
  switch (reason) {
    case 'requests':
      return named(limits.requestsPerMinute, 'requests/min', 'request limit');
    case 'tokens':
      return named(limits.tokensPerMinute, 'tokens/min', 'token limit');
    case 'in flight':
      return named(limits.concurrency, 'in flight', 'limit of calls in flight');
    case 'back-off':
      return 'asked to wait';
    case 'failing':
      return 'server fails, next look';
    case 'retry':
      return 'retry';
    case 'unreachable':
      return 'unreachable, next try';
    case 'turn':
      return '-';
  }
}

function named(limit: number | null | undefined, unit: string, otherwise: string): string {
  return limit ? `${countText(limit)} ${unit}` : otherwise;
}
