import { describe, expect, it } from 'vitest';
import { someAnswer } from '../../test/support/some-answer.ts';
import type { Answer } from '../core/answer.ts';
import type { AnswerDetails } from '../core/answer-details.ts';
import type { JsonObject } from '../core/json.ts';
import { answerJson, readAnswer, responseJson } from './answer-json.ts';
import { onlyAnswerLine, parseJournalLine } from './journal-line.ts';
import { RowSums } from './row-sums.ts';

const ALL: AnswerDetails = {
  rawFinishReason: 'tool_use',
  serviceTier: 'flex',
  structured: 'json_object',
  choices: [
    {
      finishReason: 'tool_calls',
      rawFinishReason: 'tool_use',
      reasoning: 'hm',
      toolCalls: [{ id: 'c1', name: 'f', arguments: '{"a":1}', type: 'mcp', result: [1] }],
      logprobs: [{ token: 'a', logprob: -0.1234 }],
      citations: [{ url: 'https://a.example', start: 0 }],
      refusal: 'No.',
      media: [{ mimeType: 'image/png', data: 'iVBO' }],
    },
    { finishReason: 'length' },
  ],
  choicesMissing: 2,
  notes: ['strange'],
  raw: { choices: [] },
};

function readBack(answer: Answer): Answer {
  const parsed = parseJournalLine(onlyAnswerLine(answer));
  if (parsed.kind !== 'entry' || parsed.entry.type !== 'answer') throw new Error('no answer');
  return parsed.entry.answer;
}

describe('what most answers do not have', () => {
  const key = { row: 0, name: 'turn/0' };

  it('is written into the line and read back', () => {
    const usage = {
      input: 9,
      cached: 1,
      output: 2,
      reasoning: 0,
      cacheWrite: 5,
      cacheWriteHour: 3,
    };
    const answer = someAnswer(key, { texts: ['a', 'b'], details: ALL, usage });
    expect(readBack(answer)).toEqual(answer);
  });

  it('has names in snake case there, and a list of choices one for each', () => {
    const json = JSON.parse(answerJson(someAnswer(key, { details: ALL }))) as JsonObject;
    expect(json).toMatchObject({
      raw_finish_reason: 'tool_use',
      service_tier: 'flex',
      choices_missing: 2,
      choices: [
        { finish_reason: 'tool_calls', tool_calls: [{}], media: [{ mime_type: 'image/png' }] },
        { finish_reason: 'length' },
      ],
      raw: { choices: [] },
    });
  });

  it('is not there where nothing of it came, and lines of earlier versions are read', () => {
    const text = answerJson(someAnswer(key));
    expect(Object.keys(JSON.parse(text) as JsonObject)).not.toContain('choices');
    expect(text).not.toMatch(/details|cache_write|raw/);
    expect(readAnswer(key, 'a', JSON.parse(text) as JsonObject).details).toBeUndefined();
  });

  it('takes nothing of another kind from a line that somebody changed', () => {
    const wrong = {
      status: 'ok',
      choices: [7, { finish_reason: 7 }],
      notes: [1],
      raw_finish_reason: 1,
    };
    expect(readAnswer(key, 'a', wrong).details).toEqual({
      choices: [{ finishReason: null }],
      notes: [],
    });
  });
});

describe('an error of a request that is too long', () => {
  const key = { row: 0, name: 'turn/0' };
  const error = { code: 'context_too_long', message: 'too long', retryable: false } as const;
  const nothing = { hint: null, httpStatus: 400, partialText: null };

  it.each([
    [
      { limit: 100, given: 120 },
      { context_limit: 100, context_given: 120 },
    ],
    [
      { limit: 100, given: null },
      { context_limit: 100, context_given: null },
    ],
    [
      { limit: 100, given: 120, forAnswer: 30 },
      { context_limit: 100, context_given: 120, context_for_answer: 30 },
    ],
  ])('has its numbers: %j', (context, written) => {
    const answer = someAnswer(key, {
      status: 'error',
      texts: [],
      error: { ...error, ...nothing, context },
    });
    expect((JSON.parse(answerJson(answer)) as JsonObject).error).toMatchObject(written);
    expect(readBack(answer)).toEqual(answer);
  });

  it('has none where the server said none', () => {
    const answer = someAnswer(key, { status: 'error', texts: [], error: { ...error, ...nothing } });
    expect(answerJson(answer)).not.toContain('context_limit');
    expect(readBack(answer)).toEqual(answer);
  });
});

describe('a response', () => {
  it('has a null for each choice that was asked for and did not come', () => {
    expect(responseJson({ texts: ['a'], details: { choicesMissing: 2 } })).toBe('["a",null,null]');
    expect(responseJson({ texts: ['a'] })).toBe('"a"');
    expect(responseJson({ texts: [] })).toBe('null');
    const answer = someAnswer(
      { row: 0, name: 'turn/0' },
      { texts: ['a'], details: { choicesMissing: 2 } },
    );
    expect(readBack(answer).texts).toEqual(['a']);
  });
});

describe('the sums of a row', () => {
  const call = (name: string, details: AnswerDetails | undefined) =>
    someAnswer({ row: 3, name }, { details });

  it('have all of its only call', () => {
    const sums = new RowSums();
    sums.add(call('turn/0', ALL));
    expect(sums.answer(3, null).details).toEqual(ALL);
  });

  it('have the choices of several calls, each with its name', () => {
    const sums = new RowSums();
    sums.add(call('turn/0', { choices: [{ finishReason: 'stop', reasoning: 'hm' }], raw: 1 }));
    sums.add(call('turn/1', { structured: 'json_schema' }));
    sums.add(
      call('turn/2', { rawFinishReason: 'end_turn', choicesMissing: 1, structured: 'prompt' }),
    );
    expect(sums.answer(3, null).details).toEqual({
      choices: [
        { call: 'turn/0', finishReason: 'stop', reasoning: 'hm' },
        { call: 'turn/2', finishReason: 'stop', rawFinishReason: 'end_turn' },
      ],
      choicesMissing: 1,
      structured: 'prompt',
      raw: [{ call: 'turn/0', body: 1 }],
    });
  });

  it('have nothing of it where no call has', () => {
    const sums = new RowSums();
    sums.add(call('turn/0', undefined));
    expect(sums.answer(3, null).details).toBeUndefined();
  });
});
