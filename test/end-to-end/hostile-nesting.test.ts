import { join } from 'node:path';
import { expect, test } from 'vitest';
import { onlyRunOf, recordsOf, writeExperiment } from '../support/run-results.ts';
import { chatCompletion, startScriptedServer } from '../support/scripted-server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { tutti } from '../support/tutti-process.ts';

const deep = (before: string, after: string) =>
  `${before}${'['.repeat(200_000)}1${']'.repeat(200_000)}${after}`;
const json = (body: string) => ({ headers: { 'content-type': 'application/json' }, body });
const CHOICE = '{"choices":[{"finish_reason":"stop","message":{"content":"a"';

test('answers that are nested without end are errors of their rows, and the others are answered', async () => {
  const folder = temporaryFolder();
  const bodies = [
    deep('', ''),
    deep('{"error":{"message":', '}}'),
    deep(`${CHOICE},"annotations":[`, ']}}]}'),
    deep(`${CHOICE},"tool_calls":[{"function":{"name":"f","arguments":`, '}}]}}]}'),
    deep(`${CHOICE}},"logprobs":{"content":`, '}}]}'),
    deep('{"usage":', `,${CHOICE.slice(1)}}}]}`),
    deep('data: ', '\n\n'),
  ];
  const server = await startScriptedServer(({ body }) => {
    const asked = Number(/question (\d+)/.exec(body)?.[1]);
    return bodies[asked] === undefined ? { body: chatCompletion('yes') } : json(bodies[asked]);
  });
  const rows = Array.from({ length: bodies.length + 5 }, (_, row) => ({
    model: `${server.url}/v1#m`,
    prompt: `question ${row}`,
  }));
  writeExperiment(folder, 'e.jsonl', rows);
  const words = ['run', 'e.jsonl', '-o', 'o', '--quiet', '--attempts', '1'];
  const result = await tutti(words, { cwd: folder });
  expect(result.code).toBe(1);
  for (const [row, { answer, response }] of recordsOf(
    onlyRunOf(join(folder, 'o'), 'e'),
  ).entries()) {
    if (row >= bodies.length) expect(response).toBe('yes');
    else expect(answer.error!.code).toMatch(/^response_|^error_in/);
  }
});
