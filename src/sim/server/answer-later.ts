import { seededRandom } from '../../core/seeded-random.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { sendAnswer } from '../exchange/send-answer.ts';
import { findFault } from '../faults/catalogue.ts';
import type { FaultRule } from '../faults/fault-rule.ts';
import { textPieces } from '../protocols/text-pieces.ts';
import { drawLatencyMs } from '../settings/latency.ts';
import type { ModelState } from './model-state.ts';
import { requestIdHeader } from './refuse.ts';
import type { SimState } from './sim-state.ts';

/** Share of the latency that passes before the first piece of a stream, unless it is set. */
const FIRST_TOKEN_SHARE = 0.3;

/** What a model does that never answers. */
const HANGS: FaultRule = { name: 'hang', argument: null, share: 1, window: null, mostInARow: null };

/** Waits as long as the model takes, then answers or lets a fault answer in its place. */
export function answerLater(state: SimState, exchange: Exchange, model: ModelState): void {
  const { response, record, gates } = exchange;
  let left = false;
  const leave = () => {
    if (!left) for (const gate of gates) gate.leave();
    left = true;
  };
  const pace = drawPace(state, exchange, model);
  const fault = exchange.hangs ? HANGS : drawFault(state, exchange, model);
  record.fault = fault?.name ?? null;
  exchange.headers = headersOf(state, exchange);
  exchange.perPieceMs = pace.perPieceMs;
  exchange.answered = () => {
    record.answered = true;
    record.status = 200;
    // Before the last byte goes out: who reads it may send the next request at once.
    leave();
    state.log.end(record);
  };
  const answer = () => {
    if (fault) findFault(fault.name)?.respond(exchange, argumentOf(fault));
    else sendAnswer(exchange);
  };
  let cancel = () => {};
  response.once('close', () => {
    cancel();
    leave();
  });
  if (pace.waitMs > 0) cancel = state.clock.after(pace.waitMs, answer);
  else answer();
}

function headersOf({ clock }: SimState, { route, record, gates }: Exchange) {
  const standing = gates[0]?.standing ?? null;
  return {
    ...requestIdHeader(route.vendor, record.number),
    ...route.vendor.limitHeaders(standing, null, clock.wallMs()),
  };
}

function drawPace(
  { options }: SimState,
  { reply, number }: Exchange,
  model: ModelState,
): { waitMs: number; perPieceMs: number } {
  // By seed and number alone: the same for the n-th request, whatever the timing.
  const random = seededRandom(options.seed ?? 1, number);
  const wholeMs = drawLatencyMs(model.latency, random);
  if (!reply.asked.stream) return { waitMs: wholeMs, perPieceMs: 0 };
  const waitMs = model.firstToken
    ? drawLatencyMs(model.firstToken, random)
    : wholeMs * FIRST_TOKEN_SHARE;
  if (model.perToken) return { waitMs, perPieceMs: drawLatencyMs(model.perToken, random) };
  const pieces = reply.choices.reduce((sum, { text }) => sum + textPieces(text).length, 0);
  return { waitMs, perPieceMs: Math.max(0, wholeMs - waitMs) / Math.max(1, pieces) };
}

function drawFault(state: SimState, exchange: Exchange, model: ModelState): FaultRule | null {
  const { reply, text, number } = exchange;
  model.requests++;
  const occasion = {
    elapsedMs: state.clock.monotonicMs() - state.startedMs,
    stream: reply.asked.stream,
    body: text,
    concerns: (rule: FaultRule) =>
      findFault(rule.name)?.concerns?.(exchange, argumentOf(rule)) ?? true,
  };
  return model.faults
    ? model.faults.draw({ ...occasion, number: model.requests })
    : state.faults.draw({ ...occasion, number });
}

function argumentOf({ name, argument }: FaultRule): string {
  return argument ?? findFault(name)?.argument?.default ?? '';
}
