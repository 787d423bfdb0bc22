import { describe, expect, it } from 'vitest';
import { VerdictKeys } from './verdict-keys.ts';

const KEY = '0123456789abcdef';

function record(json: string, changes: object = {}): string {
  return JSON.stringify({
    judge: 'j',
    template_name: 't',
    reply_form: 'score:1-5',
    reply_key: KEY,
    'input-id': 1,
    'input-prompt': 'q',
    'input-model': 'm/1',
    response: `So: <verdict key="${KEY}">${json}</verdict>`,
    answer: { status: 'ok' },
    ...changes,
  });
}

async function keysOf(records: readonly string[]) {
  const keys = new VerdictKeys();
  const added = await keys.of(records);
  return { keys, added: added.map((one) => Object.fromEntries(one)) };
}

describe('the keys of a verdict', () => {
  it('are what the reply says, or what is wrong with it; a failed record has none', async () => {
    const { keys, added } = await keysOf([
      record('{"score": 4, "reason": "good \\" so"}'),
      record('{"score": 9}'),
      record('{"score": 4}', { answer: { status: 'error' } }),
      record('{"score": 4}', { reply_form: undefined }),
      record('{"score": 4}', { reply_key: 'x' }),
      record('{"score": 4}', { reply_form: 'list:2' }),
      record('', { response: null }),
    ]);
    expect(added).toEqual([
      { verdict: '4', verdict_reason: '"good \\" so"' },
      {
        verdict: 'null',
        verdict_reason: 'null',
        verdict_error: expect.stringContaining('the score 9, not a whole number from 1 to 5'),
      },
      {},
      {},
      {},
      {},
      { verdict: 'null', verdict_reason: 'null', verdict_error: expect.stringContaining('has no') },
    ]);
    expect([keys.given, keys.missing]).toEqual([1, 2]);
  });

  it('are summed up by judge, template and judged model, a unit being what was asked', async () => {
    const of = (judge: string, model: string, score: number, unit: object) =>
      record(`{"score": ${score}}`, { judge, 'input-model': model, ...unit });
    const { keys } = await keysOf([
      of('j', 'm/1', 1, { 'input-input-id': 'u' }),
      of('j', 'm/1', 3, { 'input-input-id': 'u' }),
      of('j', 'm/1', 5, { 'input-input-id': 'v' }),
      of('k', 'm/1', 5, { 'input-prompt': 'u' }),
      of('j', 'm/2', 9, { 'input-prompt': 'u' }),
      record('', { answer: { status: 'error' }, 'input-model': 'm/2' }),
    ]);
    const { scores, sensitivity } = keys.aggregates();
    expect(scores).toMatchObject([
      { key: 'verdict', judge: 'j', template: 't', model: 'm/1', rows: 3, units: 2, mean: 3.5 },
      { key: 'verdict', judge: 'k', template: 't', model: 'm/1', rows: 1, units: 1, mean: 5 },
      { key: 'verdict', judge: 'j', template: 't', model: 'm/2', rows: 2, missing: 2, mean: null },
    ]);
    expect(sensitivity).toMatchObject([{ judge: 'j', model: 'm/1', originals: 1, meanRange: 2 }]);
  });

  it('of scores are no shares where all happen to be 1, but for those from 0 to 1', async () => {
    const of = async (form: string) => {
      const rows = ['a', 'b'].map((prompt) =>
        record('{"score": 1}', { reply_form: form, 'input-prompt': prompt }),
      );
      return (await keysOf(rows)).keys.aggregates().scores;
    };
    expect(await of('score:1-5')).toMatchObject([{ mean: 1, low: null, high: null, method: 't' }]);
    expect(await of('score:0-1')).toMatchObject([{ mean: 1, high: 1, method: 'wilson' }]);
  });

  it('of labels are shares: of two the first one, of more each', async () => {
    const two = await keysOf([
      record('{"label": "yes"}', {
        reply_form: 'label:yes,no',
        'input-id': 1,
        'input-prompt': 'a',
      }),
      record('{"label": "no"}', { reply_form: 'label:yes,no', 'input-id': 2, 'input-prompt': 'b' }),
    ]);
    expect(two.added[0]).toEqual({ verdict: '"yes"', verdict_reason: 'null' });
    expect(two.keys.aggregates().scores).toMatchObject([
      { key: 'verdict', mean: 0.5, method: 'wilson' },
    ]);
    const three = await keysOf([record('{"label": "b"}', { reply_form: 'label:a,b,c' })]);
    expect(three.keys.aggregates().scores.map(({ key, mean }) => [key, mean])).toEqual([
      ['verdict:a', 0],
      ['verdict:b', 1],
      ['verdict:c', 0],
    ]);
  });
});
