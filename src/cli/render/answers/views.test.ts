import { describe, expect, it } from 'vitest';
import { dangerousCharacters, HOSTILE_TEXTS } from '../../../../test/support/hostile-text.ts';
import { failedAnswer, someAnswer } from '../../../../test/support/some-answer.ts';
import { displayWidth } from '../../terminal/display-width.ts';
import { createStyle, PLAIN_STYLE } from '../../terminal/style.ts';
import { renderAnswerError, renderAnswers, renderShortcomings } from './answers.ts';
import { type AskPanel, renderAskPanels } from './panels.ts';
import { renderAskSummary } from './summary.ts';

const panel = (changes: Partial<AskPanel> = {}): AskPanel => ({
  title: 'openai/gpt-5.6-luna',
  state: 'streaming',
  text: 'Because the universe has a finite age, light from most of it has not reached us yet.',
  waitingFor: null,
  firstTokenMs: 420,
  elapsedMs: 2100,
  outputTokens: null,
  isCut: false,
  error: null,
  ...changes,
});

const PANELS = [
  panel(),
  panel({ title: 'anthropic/claude-sonnet-5', state: 'done', outputTokens: 240, elapsedMs: 3000 }),
  panel({
    title: 'gemini/gemini-4-flash',
    state: 'failed',
    text: '',
    firstTokenMs: null,
    error: '401: this key is not valid for generativelanguage.googleapis.com',
  }),
  panel({
    title: 'http://localhost:8000/v1#qwen3',
    state: 'waiting',
    text: '',
    firstTokenMs: null,
    waitingFor: 'unreachable, next try, 0.40 s',
  }),
];

describe('renderAskPanels', () => {
  it.each([80, 120, 200])('shows four models on %i columns', (columns) => {
    const lines = renderAskPanels(PANELS, { columns, rows: 30 }, PLAIN_STYLE);
    expect(`\n${lines.join('\n')}\n`).toMatchSnapshot();
  });

  it('stands panels side by side from 100 columns on', () => {
    const across = (columns: number) => {
      const [top = ''] = renderAskPanels(PANELS.slice(0, 2), { columns, rows: 30 }, PLAIN_STYLE);
      return top.split('┌').length - 1;
    };
    expect([80, 99, 100, 200].map(across)).toEqual([1, 1, 2, 2]);
  });

  it('shows the end of an answer that is longer than its panel', () => {
    const text = Array.from({ length: 100 }, (_, line) => `line ${line}`).join('\n');
    const lines = renderAskPanels([panel({ text })], { columns: 80, rows: 24 }, PLAIN_STYLE);
    expect(lines.at(-2)).toContain('line 99');
    expect(lines.join('\n')).not.toContain('line 50');
  });

  it('gives each model one line where there is no room for panels', () => {
    const many = Array.from({ length: 15 }, (_, index) => panel({ title: `a/model-${index}` }));
    const lines = renderAskPanels(many, { columns: 80, rows: 24 }, PLAIN_STYLE);
    expect(lines).toHaveLength(15);
    expect(lines[14]).toContain('a/model-14');
  });

  it.each(Object.entries(HOSTILE_TEXTS))('stays in its frame with %s', (_, text) => {
    const panels = [
      panel({ text }),
      panel({ title: text }),
      panel({ error: text, state: 'failed' }),
      panel({ text: '', waitingFor: text }),
    ];
    for (const columns of [20, 80, 120, 200]) {
      const rows = 40;
      const lines = renderAskPanels(panels, { columns, rows }, createStyle(true));
      expect(lines.length).toBeLessThan(rows);
      for (const line of lines) expect(displayWidth(line)).toBeLessThan(columns);
      expect(dangerousCharacters(lines.join('\n'))).toEqual([]);
    }
  });

  it('has edges of one length whatever is inside', () => {
    const panels = [panel({ text: '漢字 😀 '.repeat(100) }), panel({ title: '漢字'.repeat(30) })];
    const widths = renderAskPanels(panels, { columns: 120, rows: 30 }, PLAIN_STYLE).map(
      displayWidth,
    );
    expect(new Set(widths).size).toBe(1);
  });
});

describe('renderAnswers', () => {
  it('puts the whole answer under the name of the model', () => {
    expect(renderAnswers('a/b', [someAnswer({}, { texts: ['One.\n\nTwo.'] })])).toBe(
      '## a/b\nOne.\n\nTwo.\n\n',
    );
  });

  it('numbers several samples, of one request or of several', () => {
    const together = [someAnswer({}, { texts: ['x', 'y'] })];
    const apart = [
      someAnswer({}, { texts: ['x'] }),
      someAnswer({ name: 'sample/1/turn/0' }, { texts: ['y'] }),
    ];
    expect(renderAnswers('a/b', together)).toBe('## a/b\n### 1\nx\n\n### 2\ny\n\n');
    expect(renderAnswers('a/b', apart)).toBe(renderAnswers('a/b', together));
  });

  it('marks what had arrived before a failure', () => {
    expect(renderAnswers('a/b', [failedAnswer({}, { partialText: 'It beg' })])).toBe(
      '## a/b\nIt beg\n[cut short]\n\n',
    );
  });

  it.each(Object.entries(HOSTILE_TEXTS))('cleans %s and loses no line of it', (_, text) => {
    const shown = renderAnswers(text, [someAnswer({}, { texts: [text] })]);
    expect(dangerousCharacters(shown)).toEqual([]);
    expect(shown.split('\n').length).toBeGreaterThanOrEqual(text.split('\n').length);
  });
});

describe('renderAnswerError', () => {
  it('tells message and hint, clean', () => {
    const failed = failedAnswer({}, { message: '401: no\x1b[2J', hint: 'Look at OPENAI_API_KEY.' });
    expect(renderAnswerError('a/b', failed)).toBe(
      'a/b: 401: no\\x1b[2J\n  Look at OPENAI_API_KEY.\n',
    );
    expect(renderAnswerError('a/b', someAnswer())).toBe('');
  });
});

describe('renderAskSummary', () => {
  const results = [
    {
      title: 'openai/gpt-5.6-luna',
      answers: [someAnswer({}, { firstTokenMs: 400, costUsd: 0.0002 })],
      totalMs: 2100,
    },
    {
      title: 'anthropic/claude-sonnet-5',
      answers: [someAnswer({}, { firstTokenMs: 600, costUsd: 0.0024 })],
      totalMs: 3000,
    },
  ];

  it.each([80, 120, 200])('shows each model and the whole on %i columns', (width) => {
    const failed = { title: 'gemini/x', answers: [failedAnswer()], totalMs: 100 };
    expect(
      `\n${renderAskSummary([...results, failed], 3000, { width, style: PLAIN_STYLE })}`,
    ).toMatchSnapshot();
  });

  it('says what asking together has saved', () => {
    expect(renderAskSummary(results, 3000, { width: 80, style: PLAIN_STYLE })).toContain(
      'together 3.0 s (one after the other 5.1 s), $0.0026',
    );
  });

  it('says that a price is unknown, for one model and in the sum', () => {
    const free = { title: 'x/y', answers: [someAnswer({}, { costUsd: null })], totalMs: 10 };
    const text = renderAskSummary([results[0]!, free], 3000, { width: 80, style: PLAIN_STYLE });
    expect(text.split('\n')[1]).toContain('price unknown');
    expect(text).toContain('$0.0002 + 1 of unknown price');
  });

  it.each(Object.entries(HOSTILE_TEXTS))('is clean with %s as name and error', (_, text) => {
    const shown = renderAskSummary(
      [{ title: text, answers: [failedAnswer({}, { message: text })], totalMs: 1 }],
      1,
      { width: 80, style: PLAIN_STYLE },
    );
    expect(dangerousCharacters(shown)).toEqual([]);
    expect(shown.split('\n')).toHaveLength(3);
  });
});

describe('what an answer has besides its text', () => {
  const choice = {
    finishReason: 'tool_calls',
    reasoning: Array.from({ length: 9 }, (_, line) => `thought ${line}`).join('\n'),
    toolCalls: [
      { id: 'c1', name: 'get_weather', arguments: '{"city":"Oslo"}' },
      { name: 'cut', arguments: '{"city":"Os' },
    ],
    media: [{ mimeType: 'image/png', data: 'iVBO' }],
    citations: [{ url: 'https://a.example' }, { url: 'https://a.example' }],
  };
  const answer = someAnswer({}, { texts: [''], details: { choices: [choice] } });

  it('is a block behind it: calls of tools, media, sources', () => {
    const text = renderAnswers('m', [answer]);
    expect(text).toContain('[tool call] get_weather\n  {\n    "city": "Oslo"\n  }');
    expect(text).toContain('[tool call] cut\n  {"city":"Os');
    expect(text).toContain('[image/png, 3 bytes; the record has it]');
    expect(text.split('https://a.example')).toHaveLength(2);
    expect(text).not.toContain('thought');
  });

  it('is thought, dimmed and folded, where somebody looks on', () => {
    const text = renderAnswers('m', [answer], createStyle(true));
    expect(text).toContain('\u001b[2m│ thought 0\u001b[22m');
    expect(text).toContain('5 more lines of thought');
    expect(text).not.toContain('thought 7');
  });

  it.each(Object.entries(HOSTILE_TEXTS))('is safe to show with %s', (_, hostile) => {
    const toolCalls = [{ name: hostile, type: hostile, arguments: hostile, result: hostile }];
    const media = [{ mimeType: hostile, url: hostile, transcript: hostile }];
    const citations = [{ title: hostile }];
    const choices = [{ finishReason: null, reasoning: hostile, toolCalls, media, citations }];
    const shown = renderAnswers('m', [someAnswer({}, { details: { choices } })], PLAIN_STYLE);
    expect(dangerousCharacters(shown)).toEqual([]);
  });
});

describe('an answer that was cut, or has fewer choices than asked for', () => {
  const cut = someAnswer({}, { finishReason: 'length', details: { choicesMissing: 2 } });

  it('says so on standard error, in its panel and in the summary', () => {
    expect(renderShortcomings('m', cut)).toBe(
      'm: the answer was cut at the token limit\nm: 2 answers fewer than asked for came\n',
    );
    expect(renderShortcomings('m', someAnswer())).toBe('');
    const lines = renderAskPanels(
      [panel({ state: 'done', isCut: true })],
      { columns: 80, rows: 24 },
      PLAIN_STYLE,
    );
    expect(lines.at(-1)).toContain('CUT at the token limit');
    const result = { title: 'm', answers: [cut], totalMs: 5 };
    const summary = renderAskSummary([result], 5, { width: 80, style: PLAIN_STYLE });
    expect(summary).toContain('cut at the token limit');
  });
});
