import { describe, expect, it } from 'vitest';
import { sampleReadyRun } from '../../../test/support/sample-run.ts';
import type { Notice } from '../../runtime/index.ts';
import { renderAskStart } from './answers/start.ts';
import { limitsText } from './limits-text.ts';
import { renderNotice } from './notices.ts';
import { renderRunStart } from './run-start.ts';

describe('renderNotice', () => {
  it.each<[Notice, string]>([
    [
      { kind: 'keys_readable_by_others', path: '/h/keys', mode: '644' },
      'Others can read your keys (mode 644): chmod 600 /h/keys',
    ],
    [{ kind: 'line_passed_over', file: '.env', line: 2 }, '.env:2 is not NAME=VALUE; passed over.'],
    [
      { kind: 'reference_open', variable: 'OPENAI_API_KEY', line: 2 },
      '.env:2: what OPENAI_API_KEY refers to is not set before it in .env, and stays as it is written.',
    ],
    [
      { kind: 'unlike_prompto', rows: 2, says: 'something is sent otherwise' },
      '2 rows: something is sent otherwise.',
    ],
    [
      { kind: 'models_unused', models: ['a/1', 'b/2'] },
      'Every row names its own model: a/1, b/2 (-m) is asked nothing; --override-model changes that.',
    ],
    [{ kind: 'agreement_not_kept', reason: 'no home' }, 'This agreement is not kept: no home'],
    [
      { kind: 'settings_misnamed', path: '/w/tutti.yml', meant: '/w/tutti.yaml' },
      '/w/tutti.yml is not read; call it /w/tutti.yaml.',
    ],
    [
      { kind: 'variable_misspelt', name: 'TUTTI_RMP', meant: 'TUTTI_RPM' },
      'The variable TUTTI_RMP sets nothing; did you mean TUTTI_RPM?',
    ],
    [
      { kind: 'variables_ignored', variables: [{ name: 'PATH', line: 3 }] },
      "Ignored: PATH (.env:3); a project's .env may set keys and addresses only.",
    ],
  ])('says %j', (notice, sentence) => {
    expect(renderNotice(notice)).toBe(sentence);
  });

  it('shows control characters as escapes', () => {
    const notice: Notice = { kind: 'line_passed_over', file: 'a\x1b[2J', line: 1 };
    expect(renderNotice(notice)).not.toContain('\x1b');
  });
});

describe('renderAskStart', () => {
  it('says which keys come from where, which address is unusual, and what is simulated', () => {
    const text = renderAskStart({
      notices: [{ kind: 'line_passed_over', file: '.env', line: 2 }],
      sources: {
        simulated: true,
        keys: [
          { variable: 'A_KEY', where: 'shell' },
          { variable: 'B_KEY', where: '.env:3' },
        ],
        addresses: [{ endpoint: 'openai', host: '127.0.0.1:9', source: 'OPENAI_BASE_URL (shell)' }],
      },
    });
    expect(text.split('\n')).toEqual([
      '.env:2 is not NAME=VALUE; passed over.',
      'sim/… models are SIMULATED here: no real model is asked, nothing is paid',
      'keys: A_KEY (shell), B_KEY (.env:3)',
      'openai is asked at 127.0.0.1:9: OPENAI_BASE_URL (shell)',
      '',
    ]);
  });

  it('is nothing for a server that is named by its address', () => {
    const sources = { simulated: false, keys: [], addresses: [] };
    expect(renderAskStart({ notices: [], sources })).toBe('');
  });
});

describe('renderRunStart', () => {
  it('says rows, lanes, limits, what is left out, and where the results are', () => {
    const run = sampleReadyRun({ rows: 1, malformedLines: 1 });
    expect(renderRunStart(run).split('\n')).toEqual([
      'prompts.jsonl · 1 row · 1 lane · 64 in flight',
      'left out: 1 malformed line (failed.jsonl)',
      'results: tutti-out/prompts/2026',
      '',
    ]);
  });

  it('lets no name of a file or a folder begin a line of its own', () => {
    const run = sampleReadyRun({ input: 'a\nresults: b.jsonl', folder: 'out/a\nb' });
    expect(renderRunStart(run).split('\n')).toEqual([
      'a results: b.jsonl · 40 rows · 1 lane · 64 in flight',
      'results: out/a b',
      '',
    ]);
  });

  it('says the limit of all lanes together', () => {
    const run = sampleReadyRun({ totalRequestsPerMinute: 1200 });
    expect(renderRunStart(run)).toContain(' · 64 in flight · 1,200 requests/min in all\n');
  });

  it('names what a limits file limits but no row has, and says that it goes on', () => {
    const run = sampleReadyRun({
      limitsFile: 'limits.json',
      defaultLimits: { requestsPerMinute: 20 },
      unusedLimits: ['box · spezial', 'bxo'],
      resumed: true,
    });
    expect(renderRunStart(run).split('\n')).toEqual([
      'prompts.jsonl · 40 rows · 1 lane · limits.json, else 20 requests/min',
      'limits.json: no row has box · spezial, bxo',
      'goes on with tutti-out/prompts/2026',
      '',
    ]);
  });
});

describe('limitsText', () => {
  it('says every limit there is, and nothing where there is none', () => {
    const limits = { requestsPerMinute: 480, tokensPerMinute: 9000, concurrency: 64 };
    expect(limitsText(limits)).toEqual(['480 requests/min', '9000 tokens/min', '64 in flight']);
    expect(limitsText({ requestsPerMinute: null })).toEqual([]);
  });
});
