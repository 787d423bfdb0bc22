import { describe, expect, it } from 'vitest';
import { parseExactJson } from '../../core/exact-json.ts';
import type { JsonObject } from '../../core/json.ts';
import { captureRequest } from '../testing/capture-request.ts';
import { type Case, DIFFERENCES, type Recorded } from './differences.test-support.ts';
import record from './requests.json' with { type: 'json' };
import { MODELS, SHAPES } from './shapes.test-support.ts';

type Entry = readonly [path: number, headers: number, body: number] | string;

const CASES: readonly Case[] = Object.entries(MODELS).flatMap(([provider, models]) =>
  models.flatMap((modelId) => Object.keys(SHAPES).map((shape) => ({ provider, modelId, shape }))),
);

/** What was recorded of a case; the body's keys and numbers as they stood. */
function recordedOf({ provider, modelId, shape }: Case): Recorded | string {
  const entries = (record.cases as unknown as Record<string, readonly Entry[]>)[
    `${provider} ${modelId}`
  ]!;
  const entry = entries[record.shapes.indexOf(shape)]!;
  if (typeof entry === 'string') return entry;
  return {
    path: record.paths[entry[0]]!,
    headers: record.headers[entry[1]] as unknown as Record<string, string>,
    body: parseExactJson(record.bodies[entry[2]]!) as JsonObject,
  };
}

/** What a case should send now. */
function expectedOf(one: Case): Recorded | string {
  const changes = DIFFERENCES.filter(({ to }) => to(one));
  return changes.reduce((before, { now }) => now(before, one), recordedOf(one));
}

/** What a case sends now. */
async function sentBy({ provider, modelId, shape: name }: Case): Promise<Recorded | string> {
  const { request, stream = false, settings = {}, path = '' } = SHAPES[name]!;
  const sent = await captureRequest(provider, request, { modelId, stream, settings, path });
  return typeof sent === 'string'
    ? sent
    : { ...sent, body: parseExactJson(sent.body) as JsonObject };
}

/** As text, in which the order of keys and the digits of numbers count. */
function textOf(request: Recorded | string): string {
  if (typeof request === 'string') return request;
  const headers = Object.entries(request.headers).sort(([left], [right]) =>
    left.localeCompare(right),
  );
  return `${request.path}\n${JSON.stringify(headers)}\n${JSON.stringify(request.body)}`;
}

describe('what an adapter sends', () => {
  it('was recorded for every provider, model and shape', () => {
    expect(Object.keys(record.cases)).toEqual(
      Object.entries(MODELS).flatMap(([provider, models]) =>
        models.map((id) => `${provider} ${id}`),
      ),
    );
    expect(record.shapes).toEqual(Object.keys(SHAPES));
  });

  it.each(Object.keys(MODELS))(
    'is what was recorded for %s, but for what is listed',
    async (name) => {
      for (const one of CASES.filter(({ provider }) => provider === name)) {
        expect([one, textOf(await sentBy(one))]).toEqual([one, textOf(expectedOf(one))]);
      }
    },
  );

  it.each(DIFFERENCES)('differs because $reason', ({ to, now }) => {
    const cases = CASES.filter(to);
    expect(cases.length).toBeGreaterThan(0);
    for (const one of cases) {
      const before = recordedOf(one);
      expect([one, textOf(now(before, one))]).not.toEqual([one, textOf(before)]);
    }
  });
});
