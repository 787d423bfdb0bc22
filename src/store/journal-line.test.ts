import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOSTILE_TEXTS } from '../../test/support/hostile-text.ts';
import { failedAnswer, someAnswer } from '../../test/support/some-answer.ts';
import type { Answer } from '../core/answer.ts';
import type { JsonObject } from '../core/json.ts';
import {
  answerLine,
  type JournalEntry,
  onlyAnswerLine,
  type ParsedJournalLine,
  parseJournalLine,
  reopenedLine,
  rowEndLine,
  runLine,
} from './journal-line.ts';

const MARKS = { hash: '00ffee1234567890', lane: 'openai/gpt-5' };

const NAMES = [
  'turn/0',
  '',
  'members/2/critique "final"',
  'a\nb\r\u2028',
  '__proto__',
  'constructor',
  '"},"row":7,{"',
  '\ud800 alone',
  '../../etc/passwd',
  'x'.repeat(100_000),
  ...Object.values(HOSTILE_TEXTS),
];

function entryOf(line: string): JournalEntry {
  const parsed = parseJournalLine(line);
  if (parsed.kind !== 'entry') throw new Error(JSON.stringify(parsed));
  return parsed.entry;
}

/** Changes fields of a line; undefined takes one out. */
function changed(line: string, changes: Readonly<Record<string, unknown>>): ParsedJournalLine {
  return parseJournalLine(JSON.stringify({ ...JSON.parse(line), ...changes }));
}

const answers: fc.Arbitrary<Answer> = fc
  .record({
    row: fc.nat(),
    name: fc.string({ unit: 'binary' }),
    texts: fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 3 }),
    failed: fc.boolean(),
    message: fc.string({ unit: 'binary' }),
  })
  .map(({ row, name, texts, failed, message }) =>
    failed ? failedAnswer({ row, name }, { message }) : someAnswer({ row, name }, { texts }),
  );

describe('a line of the journal', () => {
  it('of a row of one call has the form of version 1', () => {
    const answer = someAnswer({ row: 3 }, { texts: ['a', 'b'], firstTokenMs: 2.5 });
    const line = onlyAnswerLine(answer);
    expect(line.startsWith('{"v":1,"type":"answer","row":3,"turn":0,"sample":0,')).toBe(true);
    expect(entryOf(line)).toMatchObject({ type: 'answer', answer, marks: null });
  });

  it('of one of several calls tells its name, what was asked and where it travelled', () => {
    const answer = someAnswer({ row: 3, name: 'critique/2' });
    const line = answerLine(answer, MARKS);
    expect(
      line.startsWith(
        '{"v":2,"type":"answer","row":3,"call":"critique/2","hash":"00ffee1234567890",' +
          '"lane":"openai/gpt-5","response":"forty-two","answer":{"status":"ok",',
      ),
    ).toBe(true);
    expect(entryOf(line)).toMatchObject({ type: 'answer', answer, marks: MARKS });
  });

  it('of the end of a row tells what came of it and how long it took', () => {
    const answer = { ...someAnswer({ row: 3 }), texts: [] };
    const end = { result: { best: ['a', null, 1.5] }, answer, wallMs: 1234 };
    const line = rowEndLine(3, end);
    expect(
      line.startsWith(
        '{"v":2,"type":"row","row":3,"wall_ms":1234,"response":{"best":["a",null,1.5]},"answer":{',
      ),
    ).toBe(true);
    expect(entryOf(line)).toMatchObject({ type: 'row', row: 3, end });
  });

  it('of a row that is opened again tells which, and what of it is asked anew', () => {
    expect(entryOf('{"v":2,"type":"reopened","row":9}')).toEqual({ type: 'reopened', row: 9 });
    const line = reopenedLine(9, ['rate/2']);
    expect(line).toBe('{"v":2,"type":"reopened","row":9,"forgets":["rate/2"]}');
    expect(entryOf(line)).toEqual({ type: 'reopened', row: 9, forgets: ['rate/2'] });
    expect(entryOf('{"v":2,"type":"reopened","row":9,"forgets":[1]}')).not.toHaveProperty(
      'forgets',
    );
  });

  it('is read back as it was written, whatever is in it', () => {
    const lane = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(answers, lane, fc.jsonValue(), fc.nat(), (answer, lane, json, wallMs) => {
        const marks = { ...MARKS, lane };
        const call = answerLine(answer, marks);
        expect(entryOf(call)).toMatchObject({ answer, marks });
        const only = { ...answer, key: { row: answer.key.row, name: 'turn/0' } };
        expect(entryOf(onlyAnswerLine(only))).toMatchObject({ answer: only, marks: null });
        // As JSON reads it back: -0 is 0.
        const result = JSON.parse(JSON.stringify(json));
        const end = { result, answer: { ...only, texts: [] }, wallMs };
        const entry = entryOf(rowEndLine(only.key.row, end));
        expect(entry.type === 'row' && entry.end).toEqual(end);
        for (const line of [call, rowEndLine(only.key.row, end)])
          expect(line).not.toMatch(/[\r\n]/);
      }),
    );
  });

  it.each(NAMES.map((name) => [JSON.stringify(name).slice(0, 40), name]))(
    'bears the name %s',
    (_, name) => {
      const answer = someAnswer({ name });
      const line = answerLine(answer, { ...MARKS, lane: name });
      expect(line).not.toMatch(/[\r\n]/);
      const entry = entryOf(line);
      expect(entry).toMatchObject({ answer: { key: { row: 0 } }, marks: { lane: name } });
      expect(entry.type === 'answer' && entry.answer.key.name).toBe(name);
      expect(({} as JsonObject).row).toBeUndefined();
    },
  );
});

describe('a line of version 1', () => {
  it('names a call by turn and sample', () => {
    const line = onlyAnswerLine(someAnswer({ row: 7 }));
    const names = [
      [0, 0],
      [2, 0],
      [0, 1],
      [3, 12],
    ].map(([turn, sample]) => {
      const parsed = changed(line, { turn, sample });
      return parsed.kind === 'entry' && parsed.entry.type === 'answer' && parsed.entry.answer.key;
    });
    expect(names).toEqual([
      { row: 7, name: 'turn/0' },
      { row: 7, name: 'turn/2' },
      { row: 7, name: 'sample/1/turn/0' },
      { row: 7, name: 'sample/12/turn/3' },
    ]);
  });

  it.each([
    ['row', -1],
    ['row', 1.5],
    ['row', '1'],
    ['turn', undefined],
    ['sample', null],
    ['sample', 2 ** 60],
  ])('whose %s is %s names no call', (field, value) => {
    const line = onlyAnswerLine(someAnswer());
    expect(changed(line, { [field]: value })).toEqual({
      kind: 'corrupt',
      problem: 'names no call',
    });
  });
});

describe('a line that cannot be used', () => {
  const call = answerLine(someAnswer(), MARKS);
  const end = rowEndLine(0, { result: 1, answer: someAnswer(), wallMs: 5 });

  it.each([
    ['{"v":2,"ty', 'is not JSON'],
    ['', 'is not JSON'],
    ['[]', 'is not a JSON object'],
    ['null', 'is not a JSON object'],
    ['{}', 'has version undefined'],
    ['{"v":0,"type":"answer","row":0}', 'has version 0'],
    ['{"v":"2","type":"answer","row":0}', 'has version 2'],
    ['{"v":2,"row":0}', 'has no type'],
    ['{"v":2,"type":"reopened"}', 'names no row'],
    ['{"v":2,"type":"row","row":-1}', 'names no row'],
    ['{"v":2,"type":"row","row":0,"answer":7}', 'has no answer'],
    ['{"v":2,"type":"answer","row":0,"answer":{}}', 'names no call'],
  ])('says of %s that it %s', (line, problem) => {
    expect(parseJournalLine(line)).toEqual({ kind: 'corrupt', problem });
  });

  it.each([
    [call, { call: 7 }, 'names no call'],
    [call, { row: null }, 'names no call'],
    [call, { hash: undefined }, 'has no hash or lane'],
    [call, { lane: 5 }, 'has no hash or lane'],
    [call, { answer: { status: 'maybe' } }, 'has no status'],
    [end, { row: '0' }, 'names no row'],
    [end, { answer: { status: null } }, 'has no status'],
  ])('is told from one that can', (line, changes, problem) => {
    expect(parseJournalLine(line).kind).toBe('entry');
    expect(changed(line, changes)).toEqual({ kind: 'corrupt', problem });
  });

  it('is skipped when it is of a type that this version does not know', () => {
    for (const line of [
      '{"v":1,"type":"submitted","row":0}',
      '{"v":2,"type":"judged"}',
      // Version 1 had no ends of rows.
      '{"v":1,"type":"row","row":0}',
      '{"v":1,"type":"reopened","row":0}',
    ]) {
      expect(parseJournalLine(line)).toEqual({ kind: 'other', type: JSON.parse(line).type });
    }
  });

  it('still tells what it can: an end without a result or a time is one', () => {
    const entry = entryOf(
      JSON.stringify({ ...JSON.parse(end), response: undefined, wall_ms: 'x' }),
    );
    expect(entry).toMatchObject({ type: 'row', end: { result: null, wallMs: 0 } });
  });

  it('keeps fields that this version does not know', () => {
    for (const line of [call, end]) {
      const parsed = changed(line, { step: 3 });
      expect(parsed).toMatchObject({ kind: 'entry', entry: { envelope: { step: 3 } } });
    }
  });
});

describe('lines about the journal itself', () => {
  it('name the run, and a version that is not known yet', () => {
    expect(parseJournalLine(runLine('abc'))).toEqual({ kind: 'run', id: 'abc' });
    expect(parseJournalLine('{"v":2,"type":"run"}').kind).toBe('corrupt');
    expect(parseJournalLine('{"v":3,"type":"answer","row":0}')).toEqual({
      kind: 'newer',
      version: 3,
    });
  });

  it('carry the id of a row behind everything else', () => {
    for (const line of [
      onlyAnswerLine(someAnswer(), 'one'),
      answerLine(someAnswer(), MARKS, 'one'),
      rowEndLine(0, { result: 1, answer: someAnswer(), wallMs: 5 }, 'one'),
    ]) {
      expect(line.endsWith(',"id":"one"}')).toBe(true);
      expect(parseJournalLine(line).kind).toBe('entry');
    }
  });
});
