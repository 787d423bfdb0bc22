import type { Arrival } from '../exchange/exchange.ts';
import { geminiVendor } from '../vendors/gemini.ts';
import { Refusal } from '../vendors/refusal.ts';
import { readBytes } from './read-request.ts';
import { NO_STANDING, refuse } from './refuse.ts';
import type { SimState } from './sim-state.ts';
import { refusalOfKey } from './validate.ts';

/** Answers a request to Gemini's Files API. */
export function answerFiles(state: SimState, arrival: Arrival): void {
  const { request, response, record, path, query } = arrival;
  record.vendor = 'gemini';
  readBytes(request, (bytes) => {
    try {
      const wrongKey = refusalOfKey(state, arrival, geminiVendor);
      if (wrongKey) throw wrongKey;
      if (bytes === undefined) {
        throw new Refusal('bad_request', 'Request too large.', { status: 413 });
      }
      const { method, headers } = request;
      const origin = `http://${headers.host}`;
      const asked = { method: method ?? '', path, query, headers, origin, bytes };
      const answer = state.geminiFiles.answer(asked);
      record.status = 200;
      state.log.end(record);
      response.writeHead(200, { 'content-type': 'application/json', ...answer.headers });
      response.end(JSON.stringify(answer.body));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refuse(state, arrival, geminiVendor, error, NO_STANDING);
    }
  });
}
