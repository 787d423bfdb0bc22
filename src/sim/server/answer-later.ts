import type { Exchange } from '../exchange/exchange.ts';
import { sendAnswer } from '../exchange/send-answer.ts';
import { findFault } from '../faults/catalogue.ts';
import type { FaultRule } from '../faults/fault-rule.ts';
import { textPieces } from '../protocols/text-pieces.ts';
import { drawLatencyMs } from '../settings/latency.ts';
import { gatesOf } from './admit.ts';
import type { Job } from './job.ts';
import { requestRandom } from './model-state.ts';
import { requestIdHeader } from './refuse.ts';
import type { SimState } from './sim-state.ts';

/** Share of the latency that passes before the first piece of a stream, unless it is set. */
const FIRST_TOKEN_SHARE = 0.3;

/** Waits as long as the model takes, then answers or lets a fault strike. */
export function answerLater(state: SimState, job: Job): void {
  const { response, record } = job.handling;
  const gates = gatesOf(state, job);
  let left = false;
  const leave = () => {
    if (!left) for (const gate of gates) gate.leave();
    left = true;
  };
  const pace = drawPace(state, job);
  const fault = drawFault(state, job);
  record.fault = fault?.name ?? null;
  const answered = () => {
    record.answered = true;
    record.status = 200;
    // Before the last byte goes out: who reads it may send the next request at once.
    leave();
    state.witness.end(record);
  };
  const exchange = makeExchange(state, job, pace.perPieceMs, answered);
  const answer = () => {
    if (fault) findFault(fault.name)?.strike(exchange, argumentOf(fault));
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

function makeExchange(
  state: SimState,
  { handling, route, reply, model }: Job,
  perPieceMs: number,
  answered: () => void,
): Exchange {
  const { request, response, record, query } = handling;
  const standing = (model.gate ?? state.gate)?.standing ?? null;
  const { vendor } = route;
  return {
    response,
    route,
    reply,
    headers: {
      ...requestIdHeader(vendor, record.number),
      ...vendor.limitHeaders(standing, null, state.clock.wallMs()),
    },
    key: vendor.keyIn(request.headers, query) ?? '',
    perPieceMs,
    clock: state.clock,
    answered,
  };
}

function drawPace(
  { options }: SimState,
  { model, reply, number }: Job,
): { waitMs: number; perPieceMs: number } {
  const random = requestRandom(options.seed ?? 1, number);
  const wholeMs = drawLatencyMs(model.latency, random);
  if (!reply.asked.stream) return { waitMs: wholeMs, perPieceMs: 0 };
  const waitMs = model.firstToken
    ? drawLatencyMs(model.firstToken, random)
    : wholeMs * FIRST_TOKEN_SHARE;
  if (model.perToken) return { waitMs, perPieceMs: drawLatencyMs(model.perToken, random) };
  const pieces = reply.choices.reduce((sum, { text }) => sum + textPieces(text).length, 0);
  return { waitMs, perPieceMs: Math.max(0, wholeMs - waitMs) / Math.max(1, pieces) };
}

function drawFault(state: SimState, { model, reply, text, number }: Job): FaultRule | null {
  model.requests++;
  const occasion = {
    elapsedMs: state.clock.monotonicMs() - state.startedMs,
    stream: reply.asked.stream,
    body: text,
  };
  return model.faults
    ? model.faults.draw({ ...occasion, number: model.requests })
    : state.faults.draw({ ...occasion, number });
}

function argumentOf({ name, argument }: FaultRule): string {
  return argument ?? findFault(name)?.argument?.default ?? '';
}
