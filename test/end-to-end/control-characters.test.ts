import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { onlyRunOf, recordsOf } from '../support/run-results.ts';
import { chatCompletion, chatStream, startScriptedServer } from '../support/scripted-server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { HAS_TERMINALS, tuttiOnTerminal } from '../support/tutti-on-terminal.ts';
import { tutti } from '../support/tutti-process.ts';

/** Clipboard, link, clear screen, title, DCS, C1 forms of CSI and OSC, bell, return, backspace, NUL, DEL. */
const EVIL =
  'a\x1b]52;c;aGk=\x07b\x1b]8;;http://evil/\x1b\\c\x1b[2Jd\x1b]0;t\x07e\x1bPq\x1b\\f\u009b2Jg\u009d0;x\u009ch\x07i\rj\bk\x00l\x7fm\u202en';
const FORBIDDEN = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/;

function startEvilServer() {
  return startScriptedServer(({ body }) => {
    const { model, stream } = JSON.parse(body);
    if (model === 'error') return { status: 400, body: { error: { message: EVIL, code: EVIL } } };
    if (model === 'html') return { status: 200, body: `<h1>${EVIL}</h1>` };
    if (model === 'text') return { status: 503, body: EVIL };
    if (stream) return chatStream([EVIL.slice(0, 20), EVIL.slice(20)]);
    return { body: chatCompletion(EVIL, { model: EVIL, id: EVIL }) };
  });
}

test('no control character of an answer, a model or an error reaches plain output; --json is exact', async () => {
  const folder = temporaryFolder();
  const { url } = await startEvilServer();
  const ids = ['good', 'error', 'html', 'text'];
  const words = ids.flatMap((id) => ['-m', `${url}/v1#${id}`]);
  const plain = await tutti(
    ['ask', `hi ${EVIL.replaceAll('\0', '')}`, '--attempts', '1', ...words],
    {
      cwd: folder,
    },
  );
  expect(plain.code).toBe(1);
  expect(plain.stdout).toContain('\\x1b]52;c;aGk=');
  expect(plain.stdout + plain.stderr).not.toMatch(FORBIDDEN);
  const json = await tutti(['ask', 'hi', '--json', '-m', `${url}/v1#good`], { cwd: folder });
  expect(json.stdout).not.toMatch(/[\x00-\x09\x0b-\x1f]/);
  expect(JSON.parse(json.stdout).response).toBe(EVIL);
});

test('no control character of a row, a file or a model name reaches the output of a run; its files are exact', async () => {
  const folder = temporaryFolder();
  const { url } = await startEvilServer();
  const evilName = `e\x1b[31m\u009b\r.jsonl`;
  const rows = ['good', 'error'].map((id) =>
    JSON.stringify({ id: `${id}${EVIL}`, model: `${url}/v1#${id}`, prompt: EVIL, group: EVIL }),
  );
  writeFileSync(join(folder, evilName), `${rows.join('\n')}\n`);
  const broken = `${rows[0]}\n${rows[0]}\n{"${EVIL.replace(/[^\x20-\x7e]/g, '')}": \x1b}\n`;
  writeFileSync(join(folder, `broken\x1b[2J.jsonl`), broken);
  for (const words of [
    ['run', evilName, '-o', 'o'],
    ['run', evilName, '-o', 'o'],
    ['run', evilName, '-o', 'p\x1b[2J', '--dry-run'],
    ['check', evilName],
    ['check', 'broken\x1b[2J.jsonl'],
    ['run', 'broken\x1b[2J.jsonl'],
    ['run', 'missing\x1b[2J.jsonl'],
    ['run', evilName, '--limits', '\x1b[2J'],
    ['run', '--\x1b[2J'],
    ['\x1b[2J'],
    ['ask', 'hi', '-m', '\x1b[2J'],
    ['ask', 'hi', '-m', `${url}/v1#named\x1b[2J\u009b`],
    ['ask', '--file', '\x1b[2J'],
    ['keys', 'set', 'x\x1b[2J'],
    ['trust', '\x1b[2J'],
  ]) {
    const { stdout, stderr } = await tutti(words, { cwd: folder });
    expect(stdout + stderr, JSON.stringify(words)).not.toMatch(FORBIDDEN);
  }
  const run = onlyRunOf(join(folder, 'o'), 'e-31m');
  expect(recordsOf(run)[0]!.response).toBe(EVIL);
  expect(recordsOf(run)[0]!.id).toBe(`good${EVIL}`);
  expect(readFileSync(join(run, 'input.jsonl'), 'utf8')).toBe(`${rows.join('\n')}\n`);
});

test.skipIf(!HAS_TERMINALS)(
  'no control character of a streamed answer reaches a terminal',
  async () => {
    const folder = temporaryFolder();
    const { url } = await startEvilServer();
    const words = ['ask', 'hi', '--attempts', '1', '-m', `${url}/v1#good`, '-m', `${url}/v1#text`];
    const { code, output } = await tuttiOnTerminal(words, { cwd: folder });
    expect(code).toBe(1);
    expect(output).toContain('52;c;aGk=');
    // What is left after the codes of the view itself: colours, cursor up, clearing lines, hiding.
    const rest = output
      .replace(/\x1b\[(?:\??\d*(?:;\d+)*)[A-HJKhlm]/g, '')
      .replaceAll('\r\n', '\n');
    expect(rest.replaceAll('\r', '')).not.toMatch(FORBIDDEN);
    expect(output).not.toContain('\x1b[2J');
    expect(output).not.toContain('\u202e');
  },
);
