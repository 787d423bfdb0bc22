import { describe, expect, it } from 'vitest';
import { compileTask, TASKS } from './tasks.ts';

describe('the tasks', () => {
  it('are seven', () => {
    expect([...TASKS.keys()]).toEqual([
      'echo',
      'question',
      'sentiment',
      'summary',
      'remove-pii',
      'question-answer',
      'title-summary',
    ]);
  });

  it.each([...TASKS])('%s reads a column of any name, once', (_, task) => {
    const { fields, render } = compileTask(task, 'my } column');
    expect(fields).toEqual(['my } column']);
    const prompt = render({ 'my } column': 'VALUE $input', input: 'other' });
    expect(prompt.split('VALUE $input')).toHaveLength(2);
    expect(prompt).not.toContain('other');
    expect(compileTask(task).fields).toEqual(['input']);
  });

  it('ask for objects only where they have columns', () => {
    const columns = [...TASKS.values()].map((task) => task.columns).filter((one) => one !== null);
    expect(columns).toEqual(['question,answer', 'title,summary']);
  });
});
