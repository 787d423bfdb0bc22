import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sampleEngine } from '../../../test/support/sample-engine.ts';
import { type ExamplesToExport, exportExamples } from './export-examples.ts';

/** A table of so many rows, and what exports it. */
function table(count: number) {
  const sample = sampleEngine();
  const rows = (some: number) =>
    Array.from({ length: some }, (_, i) => ({ prompt: `p${i}`, response: `r${i}` }));
  sample.write('rows.jsonl', rows(count));
  return {
    ...sample,
    rows,
    filesOf: (start: string) =>
      readdirSync(sample.folder)
        .filter((name) => name.startsWith(start))
        .sort(),
    pathOf: (name: string) => join(sample.folder, name),
    textOf: (name: string) => readFileSync(join(sample.folder, name), 'utf8'),
    exportTo: (out: string, more: Partial<ExamplesToExport> = {}) =>
      exportExamples(sample.context, { source: 'rows.jsonl', format: 'alpaca', out, ...more }),
  };
}

/** Two examples have place in one file. */
const OF_TWO = { maxBytes: 100 };

describe('an export for fine-tuning that replaces an earlier one', () => {
  it('leaves no further parts of that lying beside its own', async () => {
    const { write, rows, filesOf, pathOf, exportTo } = table(7);
    await exportTo('t', OF_TWO);
    expect(filesOf('t.')).toEqual([1, 2, 3, 4].map((part) => `t.00000${part}.jsonl`));
    write('rows.jsonl', rows(3));
    await expect(exportTo('t', OF_TWO)).rejects.toMatchObject({ code: 'bad_usage' });
    const { removed } = await exportTo('t', { ...OF_TWO, force: true });
    expect(removed).toEqual([pathOf('t.000003.jsonl'), pathOf('t.000004.jsonl')]);
    expect(filesOf('t.')).toEqual(['t.000001.jsonl', 't.000002.jsonl']);
  });

  it('is one file or parts, not both, and is refused beside the other without force', async () => {
    const { filesOf, pathOf, exportTo } = table(3);
    await exportTo('t', OF_TWO);
    await expect(exportTo('t')).rejects.toMatchObject({
      message: `${pathOf('t.000001.jsonl')} is there already`,
    });
    await exportTo('t', { force: true });
    expect(filesOf('t.')).toEqual(['t.jsonl']);
    await expect(exportTo('t', OF_TWO)).rejects.toThrow('is there already');
    await exportTo('t', { ...OF_TWO, force: true });
    expect(filesOf('t.')).toEqual(['t.000001.jsonl', 't.000002.jsonl']);
  });

  it('replaces the files for validation where it makes some, and touches nothing of another name', async () => {
    const { write, filesOf, exportTo } = table(7);
    const others = ['t.json', 't.1.jsonl', 't.x.jsonl', 't.validation.jsonl', 't2.000001.jsonl'];
    for (const name of others) write(name, 'mine');
    expect((await exportTo('t')).removed).toEqual([]);
    expect(filesOf('t')).toEqual([...others, 't.jsonl'].sort());
    await exportTo('t', { ...OF_TWO, validation: 0.5, force: true });
    expect(filesOf('t.validation')).toEqual([
      't.validation.000001.jsonl',
      't.validation.000002.jsonl',
    ]);
    expect(filesOf('t')).toEqual(expect.arrayContaining(['t.json', 't.1.jsonl', 't.x.jsonl']));
  });

  it('removes no file of a number that is no part of an export, such as a date', async () => {
    const { write, pathOf, filesOf, exportTo } = table(7);
    write('t.20240101.jsonl', 'mine');
    await exportTo('t', OF_TWO);
    write('t.240101.jsonl', 'mine');
    const { removed } = await exportTo('t', { force: true });
    expect(removed).toEqual([1, 2, 3, 4].map((part) => pathOf(`t.00000${part}.jsonl`)));
    expect(filesOf('t')).toEqual(['t.20240101.jsonl', 't.240101.jsonl', 't.jsonl']);
  });

  it('replaces no part unasked, though those before it are gone', async () => {
    const { write, filesOf, exportTo } = table(7);
    write('t.000003.jsonl', 'mine');
    await expect(exportTo('t', OF_TWO)).rejects.toThrow('t.000003.jsonl is there already');
    expect(filesOf('t')).toEqual(['t.000003.jsonl']);
  });

  it('removes nothing where it writes nothing', async () => {
    const { write, textOf, filesOf, exportTo } = table(5);
    await exportTo('t', OF_TWO);
    const before = filesOf('t.').map(textOf);
    write('rows.jsonl', [{ prompt: 'x', response: '' }]);
    expect(await exportTo('t', { force: true })).toMatchObject({ training: [], removed: [] });
    expect(filesOf('t.').map(textOf)).toEqual(before);
  });

  it('never takes its own source for an earlier export', async () => {
    const { write, rows, filesOf, exportTo } = table(3);
    write('t.000003.jsonl', rows(3));
    for (const [source, out] of [
      ['rows.jsonl', 'rows'],
      ['t.000003.jsonl', 't'],
    ] as const) {
      for (const more of [{}, OF_TWO]) {
        const refused = exportTo(out, { source, force: true, ...more });
        await expect(refused).rejects.toThrow(/would be written over itself/);
      }
    }
    expect(filesOf('')).toEqual(expect.arrayContaining(['rows.jsonl', 't.000003.jsonl']));
  });
});

it('has no system message where it is blank, as of a column', async () => {
  const { textOf, exportTo } = table(1);
  await exportTo('t', { format: 'anthropic', system: ' ' });
  expect(JSON.parse(textOf('t.jsonl'))).toEqual({
    messages: [
      { role: 'user', content: 'p0' },
      { role: 'assistant', content: 'r0' },
    ],
  });
});
