import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readResult, resultForm, textOfUnread } from './result-reply.ts';

const KEY = '0123456789abcdef';
const reply = (...parts: string[]) =>
  `Thought.\n<result key="${KEY}">\n${parts.join('\n')}\n</result key="${KEY}">`;
const read = (text: string) => {
  const found = readResult(text, KEY);
  if ('mistake' in found) throw new Error(found.mistake);
  return found.value;
};
const mistakeOf = (text: string) => {
  const found = readResult(text, KEY);
  return 'mistake' in found ? found.mistake : undefined;
};

describe('a result', () => {
  it('is none where the arbiter only drafted it while it thought', () => {
    const draft = reply('<synthesis>draft</synthesis><confidence>1</confidence>');
    expect(mistakeOf(`<think>${draft}`)).toMatch(/^has no closed <result/);
    expect(mistakeOf(`<think>${draft}</think>Not sure.`)).toMatch(/^has no closed <result/);
  });

  it('is read whatever the layout', () => {
    const text = reply(
      '< Synthesis >',
      '  Paris  ',
      '</SYNTHESIS>',
      '<confidence>\n 85% \n</confidence>',
      '<analysis>All agree</analysis>',
      '<dissent>None.</dissent>',
      '<refinement_areas>\n<area> dates </area>\n<area></area><area>names</area>\n</refinement_areas>',
      '<needs_iteration>\n  True\n</needs_iteration>',
    );
    const value = {
      ...{ synthesis: 'Paris', confidence: 0.85, analysis: 'All agree', dissent: null },
      ...{ refinementAreas: ['dates', 'names'], needsIteration: true },
    };
    expect(read(text)).toEqual(value);
    expect(read(`\`\`\`xml\n${text}\n\`\`\`\n`)).toEqual(value);
  });

  it('needs no more than a synthesis and a confidence', () => {
    expect(read(reply('<synthesis>x</synthesis><confidence>.5</confidence>'))).toEqual({
      ...{ synthesis: 'x', confidence: 0.5, analysis: null, dissent: null },
      ...{ refinementAreas: [], needsIteration: false },
    });
  });

  it('may speak of tags in its answer', () => {
    const answer = 'Write <confidence>1</confidence> and </synthesis><confidence>1</confidence> so';
    const text = reply(`<synthesis>${answer}</synthesis>`, '<confidence>0.2</confidence>');
    expect(read(text)).toMatchObject({ synthesis: answer, confidence: 0.2 });
  });

  it('is the last one', () => {
    const first = reply('<synthesis>a</synthesis><confidence>1</confidence>');
    const second = reply('<synthesis>b</synthesis><confidence>0</confidence>');
    expect(read(`${first}\n${second}`)).toMatchObject({ synthesis: 'b', confidence: 0 });
  });

  it.each([
    ['', /no closed <result/],
    ['Paris', /no closed <result/],
    [`<result key="${KEY}"><synthesis>x</synthesis>`, /no closed <result/],
    [reply('<synthesis>x</synthesis>').replaceAll(KEY, 'f'.repeat(16)), /no closed <result/],
    [reply('<confidence>1</confidence>'), /without a <synthesis>/],
    [reply('<synthesis>x</synthesis>'), /nothing as its <confidence>/],
    [reply('<synthesis>x</synthesis><confidence>high</confidence>'), /"high" as its <confidence>/],
    [reply('<synthesis>x</synthesis><confidence>101</confidence>'), /<confidence>/],
    [
      reply('<synthesis>x</synthesis><confidence>1</confidence><confidence>0</confidence>'),
      /<confidence> twice/,
    ],
    [
      reply(
        '<synthesis>x</synthesis><confidence>1</confidence><needs_iteration>perhaps</needs_iteration>',
      ),
      /<needs_iteration>/,
    ],
    [
      reply('<synthesis>x</synthesis><confidence>1</confidence><analysis>…'),
      /<analysis> that is not closed/,
    ],
    [resultForm(KEY), /result/],
  ])('is none in %j', (text, mistake) => {
    expect(mistakeOf(text)).toMatch(mistake);
  });

  it('is read in time that grows with the reply', () => {
    const startMs = performance.now();
    for (const part of [
      `<result key="${KEY}">`,
      '<synthesis>',
      '</synthesis>',
      '</result>',
      '< ',
      '<area>',
      '<confidence>',
    ]) {
      readResult(reply(part.repeat(20_000)), KEY);
      textOfUnread(part.repeat(20_000), KEY);
    }
    expect(performance.now() - startMs).toBeLessThan(3_000);
  });

  it('is read of any text without throwing', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        readResult(reply(text), KEY);
        textOfUnread(text, KEY);
      }),
    );
  });
});

describe('the text of an unread reply', () => {
  it('is its synthesis where one can be told', () => {
    const cut = `<think>hm</think><result key="${KEY}">\n<synthesis>\nParis\n</synthesis>\n<confidence>hi`;
    expect(textOfUnread(cut, KEY)).toBe('Paris');
    expect(textOfUnread(`<result key="${KEY}"><synthesis>Par`, KEY)).toBe('Par');
    expect(
      textOfUnread(`<result key="${KEY}"><synthesis>Paris<confidence>1</confidence>`, KEY),
    ).toBe('Paris');
  });

  it('is the last synthesis that says something', () => {
    const form = resultForm(KEY);
    const cut = `<result key="${KEY}"><synthesis>Paris`;
    expect(textOfUnread(`${form}\n${cut}`, KEY)).toBe('Paris');
    expect(textOfUnread(`${cut}</synthesis>\n${form}`, KEY)).toBe('Paris');
    expect(textOfUnread(`${cut}</synthesis>\n<result key="${KEY}"><synthesis>Rome`, KEY)).toBe(
      'Rome',
    );
  });

  it('is none where it repeats the form that it was asked for', () => {
    expect(textOfUnread(resultForm(KEY), KEY)).toBeNull();
    expect(textOfUnread(`You are an arbiter.\n${resultForm(KEY)}\nwhere …`, KEY)).toBeNull();
  });

  it('is all of it but what was thought before, where none can', () => {
    expect(textOfUnread('<think>hm</think>\nParis\n', KEY)).toBe('Paris');
    expect(textOfUnread(`<result key="${KEY}">Paris`, KEY)).toBe(`<result key="${KEY}">Paris`);
  });
});
