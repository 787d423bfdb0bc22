import { describe, expect, it } from 'vitest';
import { answerPromptoCommand, answerPromptoFlags } from './prompto-answer.ts';

const KNOWN = new Set(['-o', '--out', '--rpm', '-m', '--model', '--judge', '--judge-folder']);

const answer = (...words: string[]) => answerPromptoFlags('run', words, KNOWN);

describe('flags of prompto', () => {
  it.each([
    [['x.jsonl', '--max-queries', '50'], 'tutti run x.jsonl --rpm 50'],
    [['x.jsonl', '-mq', '50'], 'tutti run x.jsonl --rpm 50'],
    [['x.jsonl', '-mq=50'], 'tutti run x.jsonl --rpm 50'],
    [['x.jsonl', '-or'], 'tutti run x.jsonl --only-rephrase'],
    [['x.jsonl', '-p', '-mqj', 'my limits.json'], "tutti run x.jsonl --limits 'my limits.json'"],
    [['-f', 'x.jsonl', '-m', '-d', 'pilot'], 'tutti run x.jsonl -o pilot/output'],
    [
      ['-l', 'judge', '-t', 'a.txt, b.txt,a.txt', '-j', 'one,two', '-f', 'x.csv'],
      'tutti run x.csv --judge-folder judge --judge-template a.txt --judge-template b.txt --judge one --judge two',
    ],
    [
      ['x.jsonl', '--scorers', 'match,includes'],
      'tutti run x.jsonl --score match --score includes',
    ],
    [['x.jsonl', '--rpm', '5', '--output-as-csv'], 'tutti run x.jsonl --rpm 5 --format csv'],
    [['x.jsonl', '-ma'], 'tutti run x.jsonl --attempts N'],
    [['-p', '--', '-mq'], 'tutti run -- -mq'],
  ])('%j are answered with the line that does the same', (words, line) => {
    expect(answer(...words)?.hint?.split('\n')[0]).toBe(`Here: ${line}`);
  });

  it('are named, with what else there is to know', () => {
    const { code, message, hint } = answer('x.jsonl', '-mq', '5', '--parallel')!;
    expect(code).toBe('bad_usage');
    expect(message).toBe('-mq, --parallel are options of prompto.');
    expect(hint).toContain('-mq: --rpm holds for each model; prompto without --parallel');
    expect(hint).toContain('docs/guide/from-prompto.md');
  });

  it('are none where all of them are options here, too, or nothing here replaces the command', () => {
    expect(answer('x.jsonl', '-m', 'openai/x', '--judge', 'a', '-o', 'r')).toBeUndefined();
    expect(answer('x.jsonl', '--', '-mq', '5')).toBeUndefined();
    expect(answerPromptoFlags('ask', ['-mq', '5'], KNOWN)).toBeUndefined();
  });

  it('show nothing that a terminal would obey', () => {
    const hint = answer('x.jsonl', '-mq', "5\u001b[2J'; rm -rf ~ #")?.hint ?? '';
    expect(hint).not.toContain('\u001b');
    expect(hint.split('\n')[0]).toMatch(/ --rpm '5.*'\\''; rm -rf ~ #'$/);
  });
});

describe('commands of prompto', () => {
  it.each([
    ['prompto_run_experiment', '-f', 'x.jsonl', '-mq', '5'],
    ['run_experiment', '-f', 'x.jsonl', '-mq', '5'],
  ])('%s is answered with the line that does the same', (...words) => {
    const { message, hint } = answerPromptoCommand(words)!;
    expect(message).toBe('prompto_run_experiment is a command of prompto.');
    expect(hint).toContain('Here: tutti run x.jsonl --rpm 5\n');
  });

  it('have their files in the order of the command here', () => {
    const words = ['prompto_obtain_missing_results', '-n', 'new.jsonl', '-o', 'b', '-i', 'a'];
    expect(answerPromptoCommand(words)?.hint).toContain('tutti diff a b -o new.jsonl --missing\n');
    const media = ['prompto_upload_media', 'delete', '--confirm-delete-all'];
    expect(answerPromptoCommand(media)?.hint).toContain('tutti media delete --all --yes\n');
  });

  it('are answered, too, where nothing is needed in their place', () => {
    const { hint } = answerPromptoCommand(['prompto_convert_images', '-f', 'media'])!;
    expect(hint).toContain('Not needed');
    expect(hint).not.toContain('Here:');
    expect(answerPromptoCommand(['runn'])).toBeUndefined();
  });
});
