import { isJsonObject } from '../../core/json.ts';
import type { AnswerSource } from '../answers/answer-source.ts';
import type { Arrival, Exchange, Route } from '../exchange/exchange.ts';
import type { PanelAnswer } from '../panel/panel-model.ts';
import type { Asked } from '../protocols/protocol.ts';
import { formatOf } from '../structured/structured-answer.ts';
import { Refusal } from '../vendors/refusal.ts';
import type { Vendor } from '../vendors/vendor.ts';
import { makeReply } from './make-reply.ts';
import type { ModelState } from './model-state.ts';
import { raisedError, testAnswer } from './raised-error.ts';
import type { SimState } from './sim-state.ts';

/**
 * Checks a request as its vendor would, and works out its answer.
 *
 * @param text The body; undefined when it was too large.
 * @throws Refusal when the vendor would not answer.
 */
export function validate(
  state: SimState,
  arrival: Arrival,
  route: Route,
  text: string | undefined,
): { exchange: Exchange; model: ModelState } {
  const { record, request, query, path } = arrival;
  const number = ++state.asked;
  if (text === undefined) throw new Refusal('bad_request', 'Request too large.', { status: 413 });
  const wrongKey = refusalOfKey(state, arrival, route.vendor);
  if (wrongKey) throw wrongKey;
  const lacking = route.vendor.lacks?.(request.headers, query, path);
  if (lacking) throw lacking;
  if (!isJsonObject(record.body)) {
    throw new Refusal('bad_request', 'We could not parse the JSON body of your request.');
  }
  const asked = route.protocol.read(record.body, route.address);
  if (asked.protocol === 'gemini') state.geminiFiles.checkNamed(record.body);
  const model = state.models.find(asked.model);
  if (!model) {
    throw new Refusal('model_not_found', `The model '${asked.model}' does not exist.`, {
      parameter: 'model',
    });
  }
  state.log.asksModel(record, asked.model);
  const raised = model.raisesErrors ? raisedError(record.body, state, number) : null;
  if (raised) throw raised;
  const panel = panelAnswer(state, asked, model);
  record.note = panel?.note ?? null;
  const reply = makeReply(asked, sourceOf(state, model, panel), model.rightShare, {
    number: record.number,
    wallMs: record.receivedAtMs,
  });
  const exchange: Exchange = {
    ...arrival,
    route,
    reply,
    hangs: panel?.hangs ?? false,
    text,
    number,
    gates: [model.gate, state.gate].filter((gate) => gate !== null),
    key: route.vendor.keyIn(request.headers, query) ?? '',
    clock: state.clock,
    headers: {},
    perPieceMs: 0,
    answered: () => {},
  };
  return { exchange, model };
}

/** What a member or judge of a panel answers; null for other models, and where JSON or vectors are asked for. */
function panelAnswer(
  { options }: SimState,
  asked: Asked,
  { panel }: ModelState,
): PanelAnswer | null {
  if (panel === null || asked.embeds || (options.answer ?? 'rehearsal') !== 'rehearsal')
    return null;
  return formatOf(asked) === null ? panel.answer(asked) : null;
}

function sourceOf(
  { options }: SimState,
  model: ModelState,
  panel: PanelAnswer | null,
): AnswerSource {
  if (model.raisesErrors) return testAnswer;
  if (panel !== null) return (_, choice) => panel.texts[choice] ?? '';
  return options.answer ?? 'rehearsal';
}

/** The refusal for a key that is missing or not accepted; null when there is nothing against it. */
export function refusalOfKey(
  { options }: SimState,
  { request, query }: Arrival,
  vendor: Vendor,
): Refusal | null {
  if (!options.apiKeys || !vendor.takesKey) return null;
  const key = vendor.keyIn(request.headers, query);
  if (key !== null && options.apiKeys.includes(key)) return null;
  return new Refusal(
    'unauthorized',
    key === null ? "You didn't provide an API key." : 'Incorrect API key provided.',
  );
}
