import { describe, expect, it } from 'vitest';
import { failedAnswer, someAnswer } from '../../test/support/some-answer.ts';
import type { Answer } from '../core/answer.ts';
import type { JsonObject } from '../core/json.ts';
import type { SimpleModel } from '../core/model.ts';
import type { Question } from '../core/workflow.ts';
import { compileTemplate } from '../templates/index.ts';
import { askRow } from './ask-row.ts';
import type { MapPlan, Overflow } from './map-plan.ts';

const MODEL = { reference: 'fake/m', severalChoices: true } as SimpleModel;

async function planOf(overflow: Overflow, more: Partial<MapPlan> = {}): Promise<MapPlan> {
  return {
    ...{ name: 'rows', system: null, emptyColumns: [], parameters: {}, samples: 1 },
    prompt: await compileTemplate('${title}: ${text}', 'dollar'),
    chunks: { chunkChars: 100, overlapChars: 10 },
    output: { kind: 'text', column: 'output', failsOnCut: false, near: null },
    overflow,
    ...more,
  };
}

/** A model that takes so many characters, of which four are a token. */
function limited(most: number, says = true) {
  const asked: { readonly name: string; readonly text: string }[] = [];
  const ask = async (name: string, _: unknown, { messages }: Question): Promise<Answer> => {
    const text = messages.at(-1)!.content as string;
    asked.push({ name, text });
    if (text.length <= most) return someAnswer({ name }, { texts: [`<${text.length}>`] });
    const context = { given: Math.ceil(text.length / 4), limit: Math.floor(most / 4) };
    return failedAnswer({ name }, { code: 'context_too_long', ...(says && { context }) });
  };
  const notes: JsonObject[] = [];
  const { signal } = new AbortController();
  return {
    asked,
    notes,
    context: { ask, signal, progress: () => {}, note: (one: JsonObject) => notes.push(one) },
  };
}

const ROW = {
  title: 'A title',
  text: `${'é'.repeat(500)}${'z'.repeat(500)}`,
  other: 'x'.repeat(9999),
};

describe('a row that is too long for its model', () => {
  it('fails, by default', async () => {
    const { asked, context } = limited(400);
    const failing = askRow(await planOf('error'), MODEL, ROW, context as never);
    await expect(failing).rejects.toMatchObject({ code: 'context_too_long' });
    expect(asked).toHaveLength(1);
  });

  it('may keep nulls without being a failure', async () => {
    const { notes, context } = limited(400);
    expect(await askRow(await planOf('skip'), MODEL, ROW, context as never)).toBeNull();
    expect(notes).toEqual([{ skipped: 'context_too_long' }]);
  });

  it('may be asked with its longest column cut in the middle, by what the error says, at the first try', async () => {
    const { asked, context } = limited(400);
    await askRow(await planOf('truncate'), MODEL, ROW, context as never);
    expect(asked.map(({ name }) => name)).toEqual(['rows', 'rows/short/1']);
    expect(asked[1]!.text).toMatch(/^A title: é+\[… \d+ characters left out …\]z+$/);
    expect(asked[1]!.text.length).toBeGreaterThan(340);
  });

  it('is cut by halves where the error says no numbers, at most four times', async () => {
    const { asked, context } = limited(200, false);
    await askRow(await planOf('truncate'), MODEL, ROW, context as never);
    expect(asked).toHaveLength(4);
    const hopeless = limited(5, false);
    const failing = askRow(await planOf('truncate'), MODEL, ROW, hopeless.context as never);
    await expect(failing).rejects.toMatchObject({ code: 'context_too_long' });
    expect(hopeless.asked).toHaveLength(5);
  });

  it('may be asked in pieces, whose texts are joined', async () => {
    const { asked, context } = limited(400);
    const joined = await askRow(await planOf('split'), MODEL, ROW, context as never);
    const parts = asked.slice(1);
    expect(parts).toHaveLength(11);
    expect(parts[10]!.name).toBe('rows/part/11');
    expect((joined as string).split('\n')).toHaveLength(11);
  });
});
