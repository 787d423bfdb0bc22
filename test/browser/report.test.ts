import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { command } from '../../src/cli/commands/report/index.ts';
import { openEngine } from '../../src/runtime/index.ts';
import { hasChromium, startChromium } from '../support/chromium.ts';
import { createFakeCli, runWords } from '../support/fake-cli.ts';
import { HOSTILE_MARKUP } from '../support/hostile-markup.ts';
import { leastContrast } from '../support/page-contrast.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const MODELS = [
  'openai/large',
  'anthropic/middle',
  'http://localhost:11434/v1#a-model-with-a-very-long-name-q4_K_M',
];

/** A record like those of a run. */
function record(model: string, prompt: unknown, response: unknown, changes: object = {}) {
  const answer = {
    status: response === null ? 'error' : 'ok',
    ...(response === null && {
      error: { code: 'timeout', message: 'nothing came', hint: 'Wait.' },
    }),
    usage: { input: 12, output: 30 },
    cost_usd: 0.001,
    latency_ms: 100 + JSON.stringify(prompt).length,
    attempts: 1,
    started_at: '2026-11-21T10:00:00.000Z',
    ...changes,
  };
  return { id: `id of ${model}`, model, prompt, response, answer };
}

/** An ordinary run: a failed row, a long answer, several scripts. */
const ORDINARY = [
  ...MODELS.map((model) => record(model, 'Why is the sky dark?', `Because. ${model}`)),
  ...MODELS.map((model) => record(model, 'Long?', `start ${'and on and on '.repeat(200)} needle`)),
  ...MODELS.map((model, index) => record(model, 'ما هي؟', index === 1 ? null : 'باريس')),
];

/** Every hostile text in every place where a file may have one. */
const HOSTILE = HOSTILE_MARKUP.flatMap((text) => [
  {
    ...record(text, text, text),
    id: text,
    expected_response: text,
    score: text,
    parameters: { [text]: text },
  },
  {
    ...record(
      'm',
      [text, { role: text, content: [{ type: text }, { type: 'text', text }] }],
      [text, [text]],
      {
        notes: [text],
        finish_reason: text,
        model: text,
        choices: [{ reasoning: text, tool_calls: [{ name: text, arguments: text }] }],
      },
    ),
  },
  record(text, { any: text }, null, {
    error: { code: text, message: text, hint: text, partial_text: text },
  }),
  {
    api: text,
    model_name: text,
    prompt: text,
    response: `An unexpected error occurred when querying the API: (${text})`,
  },
]);

/** Makes a page by the command line, in a folder of a hostile name. */
async function makePage(
  records: readonly object[],
  more: Readonly<Record<string, unknown>> = {},
  name = 'a "run" of <b>mine',
): Promise<string> {
  const folder = join(temporaryFolder(), name);
  mkdirSync(folder);
  writeFileSync(
    join(folder, 'completed.jsonl'),
    records.map((one) => `${JSON.stringify(one)}\n`).join(''),
  );
  for (const [file, value] of Object.entries(more))
    writeFileSync(join(folder, file), JSON.stringify(value));
  await using engine = openEngine({ workingFolder: folder });
  const { context } = createFakeCli({ engine, workingFolder: folder });
  expect(await runWords(command, ['.'], context)).toBe(0);
  return join(folder, 'report.html');
}

const scoreOf = (text: string) => ({
  key: text,
  model: text,
  group: text,
  judge: text,
  template: text,
  mean: 0.5,
  low: 0.2,
  high: 0.7,
});
const runOf = (text: string) => ({
  state: 'finished',
  input_sha256: text,
  experiment: text,
  tutti: text,
  began_at: text,
  input_path: text,
  settings: { models: { [text]: `${text} ` } },
  limits: { [text]: { rpm: 3 } },
});

/** A page that is open, and all that went on while it was. */
interface OpenPage {
  readonly page: Page;
  readonly requests: string[];
  readonly troubles: string[];
}

describe.skipIf(!hasChromium())('the page of a report, in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startChromium();
  }, 60_000);
  afterAll(() => browser?.close());

  async function open(
    file: string,
    options: Parameters<Browser['newPage']>[0] = {},
  ): Promise<OpenPage> {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
    onTestFinished(() => page.close());
    const requests: string[] = [];
    const troubles: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    page.on('console', (message) => troubles.push(message.text()));
    page.on('pageerror', (error) => troubles.push(error.message));
    page.on('dialog', (dialog) => {
      troubles.push('a dialog');
      void dialog.dismiss();
    });
    await page.goto(pathToFileURL(file).href);
    return { page, requests, troubles };
  }

  it('runs nothing of an answer, an id, a name or an error, and asks for nothing', async () => {
    const text = HOSTILE_MARKUP[17]!;
    const file = await makePage(HOSTILE, {
      'run.json': runOf(text),
      'summary.json': {
        aggregates: {
          scores: [scoreOf('score'), ...HOSTILE_MARKUP.map(scoreOf)],
          pairs: HOSTILE_MARKUP.map((one) => ({ key: one, a: one, b: one })),
          sensitivity: HOSTILE_MARKUP.map((one) => ({ key: one, model: one })),
        },
      },
    });
    const { page, requests, troubles } = await open(file);
    await page.mouse.move(300, 300);
    for (let press = 0; press < 40; press++) await page.keyboard.press('Tab');
    const found = await page.evaluate(`({
      ran: window.ran,
      elements: [...new Set([...document.querySelectorAll('*')].map((one) => one.localName))].sort(),
      handlers: [...document.querySelectorAll('*')].flatMap((one) => one.getAttributeNames()).filter((name) => /^on|^style$|^src/.test(name)),
      links: [...document.querySelectorAll('a')].filter((one) => !one.getAttribute('href').startsWith('#')).length,
      scripts: document.scripts.length,
      shown: document.querySelectorAll('[data-part]').length,
      height: document.documentElement.scrollHeight,
    })`);
    expect(found).toMatchObject({
      ran: undefined,
      handlers: [],
      links: 0,
      scripts: 1,
      shown: HOSTILE.length,
    });
    const elements = (found as { elements: string[] }).elements;
    for (const name of [
      'img',
      'iframe',
      'form',
      'object',
      'base',
      'template',
      'video',
      'animate',
    ]) {
      expect(elements).not.toContain(name);
    }
    expect(requests).toEqual([pathToFileURL(file).href]);
    expect(troubles).toEqual([]);
  }, 60_000);

  it('shows each hostile text as it is, but for what hides or reorders', async () => {
    const texts = HOSTILE_MARKUP.filter(
      (text) => !/[\p{Cc}\u202a-\u202e\u2066-\u2069\ud800-\udfff]/u.test(text),
    );
    const { page } = await open(await makePage(texts.map((text) => record('m', 'p', text))));
    const shown = await page.evaluate(
      `[...document.querySelectorAll('[data-part]')].map((part) => [...part.querySelectorAll('.text')].at(-1).textContent)`,
    );
    expect(shown).toEqual(texts);
    const { page: other } = await open(
      await makePage([record('m', 'p', '\u202etxt\u0000\u001b[2J')]),
    );
    expect(await other.textContent('[data-part] .text')).toBe('\\u202etxt\\x00\\x1b[2J');
  }, 60_000);

  it('lets nothing run and nothing be loaded even where markup came into it', async () => {
    const asked: string[] = [];
    const server = createServer(({ url }, response) => {
      asked.push(url!);
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const there = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const plant = (page: string) =>
      page.replace(
        '<main',
        `<script>window.ran=1</script><img src="x" onerror="window.ran=1"><p onclick="window.ran=1" id="planted">x</p>
         <img src="${there}/image"><iframe src="${there}/frame"></iframe><link rel="stylesheet" href="${there}/style">
         <form action="${there}/form"><button id="send">x</button></form><main`,
      );
    const file = await makePage(ORDINARY);
    const written = readFileSync(file, 'utf8');
    writeFileSync(file, plant(written));
    const { page } = await open(file);
    await page.click('#planted');
    await page.dispatchEvent('#send', 'click');
    expect(await page.evaluate('window.ran')).toBeUndefined();
    await page.waitForTimeout(200);
    expect(page.url()).toBe(pathToFileURL(file).href);
    expect(asked).toEqual([]);
    // The same without the policy, so that the above means something.
    writeFileSync(file, plant(written.replace(/<meta http-equiv[^>]*>/, '')));
    const { page: bare } = await open(file);
    expect(await bare.evaluate('window.ran')).toBe(1);
    await expect.poll(() => asked.toSorted()).toEqual(['/frame', '/image', '/style']);
  }, 60_000);

  const views = [390, 1280].flatMap((width) =>
    (['light', 'dark'] as const).map((colorScheme) => ({ width, colorScheme })),
  );
  it.each(views)(
    'is readable at $width px, $colorScheme',
    async ({ width, colorScheme }) => {
      const scores = MODELS.map((model) => ({ ...scoreOf('match'), model }));
      const file = await makePage([...ORDINARY, ...HOSTILE], {
        'run.json': runOf('experiment'),
        'summary.json': { aggregates: { scores } },
      });
      const { page, troubles } = await open(file, {
        viewport: { width, height: 800 },
        colorScheme,
      });
      const size = await page.evaluate(
        '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
      );
      expect(size).toEqual([width, width]);
      const { ratio, text } = await leastContrast(page);
      expect(ratio, text).toBeGreaterThanOrEqual(4.5);
      expect(troubles).toEqual([]);
    },
    60_000,
  );

  it('finds words, also in what is folded away, and filters by model and by what happened', async () => {
    const { page, troubles } = await open(await makePage(ORDINARY));
    const shown = () =>
      page.evaluate(
        `[...document.querySelectorAll('article:not([hidden]) h3')].map((one) => one.firstChild.data.trim())`,
      );
    const count = () => page.textContent('[data-count]');
    expect(await count()).toBe('3 prompts');
    await page.getByLabel('Search prompts, answers, ids').fill('NEEDLE long');
    await expect.poll(count).toBe('1 of 3 prompts');
    expect(await shown()).toEqual(['Prompt 2']);
    expect(
      await page.evaluate(
        `document.querySelectorAll('article:not([hidden]) details[open]').length`,
      ),
    ).toBe(3);
    expect(await page.evaluate(`CSS.highlights.get('found').size`)).toBeGreaterThan(2);
    await page.getByLabel('Search prompts, answers, ids').fill('');
    await expect.poll(count).toBe('3 prompts');
    expect(await page.evaluate(`document.querySelectorAll('details[open]').length`)).toBe(0);
    await page.getByRole('combobox', { name: 'Show' }).selectOption('with a failed row');
    expect(await shown()).toEqual(['Prompt 3']);
    await page.getByRole('combobox', { name: 'Show' }).selectOption('all prompts');
    await page.getByRole('combobox', { name: /^Model/ }).selectOption(MODELS[1]!);
    expect(
      await page.evaluate(`document.querySelectorAll('[data-part]:not([hidden])').length`),
    ).toBe(3);
    await page.getByRole('combobox', { name: 'Show' }).selectOption('with different answers');
    await page.click('a[href="#row-8"]');
    expect(await count()).toBe('3 prompts');
    expect(
      await page.evaluate(
        `document.querySelector(':target').getBoundingClientRect().top < innerHeight`,
      ),
    ).toBe(true);
    expect(troubles).toEqual([]);
  }, 60_000);

  it('can be read and gone through without scripts, by keyboard, and on paper', async () => {
    const file = await makePage(ORDINARY);
    const { page } = await open(file, { javaScriptEnabled: false });
    expect(await page.locator('[data-filters]').isVisible()).toBe(false);
    expect(await page.locator('article').count()).toBe(3);
    const { page: live } = await open(file);
    await live.keyboard.press('Tab');
    expect(await live.evaluate('document.activeElement.textContent')).toBe('Skip to the figures');
    await live.emulateMedia({ media: 'print' });
    expect(await live.locator('[data-filters]').isVisible()).toBe(false);
    expect(await live.locator('details .text').first().isVisible()).toBe(true);
    expect(await live.locator('.preview').first().isVisible()).toBe(false);
  }, 60_000);

  it('has a heading for everything, in order, and a name for every field and figure', async () => {
    const { page } = await open(await makePage(ORDINARY));
    const levels = (await page.evaluate(
      `[...document.querySelectorAll('h1,h2,h3,h4')].map((one) => +one.localName[1])`,
    )) as number[];
    for (const [index, level] of levels.entries()) {
      expect(level).toBeLessThanOrEqual((levels[index - 1] ?? 0) + 1);
    }
    const unnamed = await page.evaluate(`[
      ...[...document.querySelectorAll('input,select')].filter((one) => one.labels.length === 0),
      ...[...document.querySelectorAll('svg[role=img]')].filter((one) => !one.getAttribute('aria-label')),
      ...[...document.querySelectorAll('table')].filter((one) => !one.caption?.textContent),
    ].length`);
    expect(unnamed).toBe(0);
    const ids = (await page.evaluate(
      `[...document.querySelectorAll('[id]')].map((one) => one.id)`,
    )) as string[];
    expect(new Set(ids).size).toBe(ids.length);
  }, 60_000);
});
