import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failedAnswer, someAnswer } from '../../test/support/some-answer.ts';
import type { Answer } from '../core/answer.ts';
import { onlyAnswerLine, onlyAnswerStart, parseJournalLine } from './journal-line.ts';
import { endAsWritten } from './own-line.ts';

const number = fc.option(fc.double({ noNaN: true }), { nil: null });
const text = fc.option(fc.string({ unit: 'binary' }), { nil: null });
const answers = fc
  .record({
    texts: fc.array(fc.string({ unit: 'binary' }), { maxLength: 3 }),
    model: text,
    finishReason: text,
    requestId: text,
    usage: fc.record({ input: number, cached: number, output: number, reasoning: number }),
    costUsd: number,
    latencyMs: fc.double({ noNaN: true }),
    firstTokenMs: number,
    cached: fc.boolean(),
  })
  .map((fields): Answer => someAnswer({ row: 7 }, fields));

const start = onlyAnswerStart(7);

describe('endAsWritten', () => {
  it('is true for every line of a good answer', () => {
    fc.assert(
      fc.property(
        answers,
        fc.option(fc.string({ unit: 'binary' }), { nil: undefined }),
        (answer, id) => {
          const end = endAsWritten(onlyAnswerLine(answer, id), start.length)!;
          expect(`${onlyAnswerLine(answer, id).slice(0, end)}}`).toBe(onlyAnswerLine(answer));
        },
      ),
    );
  });

  it('is true for no damaged line', () => {
    const damages = fc.constantFrom('', '"', '\\', ',', '}', '0', 'x', '\n', '{"a":1}');
    fc.assert(
      fc.property(answers, fc.nat(), fc.nat(3), damages, (answer, at, cut, damage) => {
        const line = onlyAnswerLine(answer, at % 2 === 0 ? 'an id' : undefined);
        const place = start.length + (at % (line.length - start.length));
        const damaged = line.slice(0, place) + damage + line.slice(place + cut);
        if (endAsWritten(damaged, start.length) === undefined) return;
        // What was changed is within a value, and the line is still one that this version could have written.
        expect(parseJournalLine(damaged)).toMatchObject({
          kind: 'entry',
          entry: { type: 'answer', answer: { status: 'ok' }, marks: null },
        });
        const keys = Object.keys(JSON.parse(damaged)).filter((key) => key !== 'id');
        expect(keys.slice(-2)).toEqual(['response', 'answer']);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['a failed answer', onlyAnswerLine(failedAnswer({ row: 7 }))],
    ['a further field', onlyAnswerLine(someAnswer({ row: 7 })).replace(/\}$/, ',"later":1}')],
    ['white space', onlyAnswerLine(someAnswer({ row: 7 })).replace(',"answer"', ', "answer"')],
    ['half a line', onlyAnswerLine(someAnswer({ row: 7 })).slice(0, -9)],
    ['two lines in one', onlyAnswerLine(someAnswer({ row: 7 })).repeat(2)],
    ['an id that is no text', onlyAnswerLine(someAnswer({ row: 7 }), 'x').replace('"x"', '7')],
    ['a torn id', onlyAnswerLine(someAnswer({ row: 7 }), 'x').replace('"x"', '"x')],
    [
      'a key behind the id',
      onlyAnswerLine(someAnswer({ row: 7 }), 'x').replace('"x"', '"x","y":"z"'),
    ],
    ['nothing', start],
  ])('is false for %s', (_name, line) => {
    expect(endAsWritten(line, start.length)).toBeUndefined();
  });
});
