import { describe, expect, it } from 'vitest';
import { parseSettings } from './parse-settings.ts';
import { settingsJsonSchema } from './schema.ts';

const mistakesOf = (text: string): string[] =>
  parseSettings(Buffer.from(text), 'tutti.yaml').problems.map(
    ({ where, message }) => `${where}: ${message}`,
  );

describe('parseSettings', () => {
  it('accepts every setting', () => {
    const text = `
models: [fast, openai/gpt-5]
aliases: { fast: local/llama }
endpoints:
  local:
    provider: openai-compatible
    baseUrl: http://localhost:8000/v1
    keyVariable: LOCAL_KEY
    headers: { X-Team: a }
    limits: { rpm: 60, tpm: 1000, concurrency: 4 }
    price: { input: 0.1, output: 0.2, cached: 0 }
    apiVersion: v2
run: { concurrency: 8, rpm: 5, tpm: 7, attempts: 2, timeout: 500ms, out: ./here }
`;
    const { file } = parseSettings(Buffer.from(text), 'tutti.yaml');
    expect(file?.document.endpoints?.local?.limits).toEqual({ rpm: 60, tpm: 1000, concurrency: 4 });
    expect(file?.place(['run', 'timeout'])).toBe('tutti.yaml:13');
    expect(file?.place(['endpoints', 'local'])).toBe('tutti.yaml:5');
  });

  it('lets a file name its schema, as editors want it', () => {
    expect(mistakesOf('$schema: ./settings.schema.json\nrun: { rpm: 5 }\n')).toEqual([]);
    expect(settingsJsonSchema()).toMatchObject({ properties: { $schema: { type: 'string' } } });
  });

  it.each(['', '# nothing\n', '\uFEFF---\n'])('takes an empty file as no settings: %j', (text) => {
    expect(parseSettings(Buffer.from(text), 'tutti.yaml').file?.document).toEqual({});
  });

  it('finds every mistake at once, with line, column and the nearest right key', () => {
    const text = `modles: []
run:
  concurrency: 0
  timeout: soon
  rpm: "5"
endpoints:
  my/name: {}
  gw:
    baseURL: http://x
    limits: { rmp: 3 }
    price: { input: -1 }
aliases: [a]
`;
    expect(mistakesOf(text).sort()).toEqual(
      [
        "tutti.yaml:1:1: unknown key 'modles'; did you mean 'models'?",
        'tutti.yaml:3:16: run.concurrency must be a whole number from 1 to 100000.',
        'tutti.yaml:4:12: run.timeout must be a duration of 1ms to 24h, such as 30 (seconds), 5s, 500ms or 2m.',
        'tutti.yaml:5:8: run.rpm must be a number.',
        'tutti.yaml:7:3: endpoints.my/name must be a name of letters, digits, ".", "_" and "-", and not "sim".',
        "tutti.yaml:9:5: unknown key 'baseURL'; did you mean 'baseUrl'?",
        "tutti.yaml:10:15: unknown key 'rmp'; did you mean 'rpm'?",
        'tutti.yaml:11:12: endpoints.gw.price.output must be a number.',
        'tutti.yaml:11:21: endpoints.gw.price.input must be at least 0.',
        'tutti.yaml:12:10: aliases must be a map of names and values.',
      ].sort(),
    );
  });

  it.each([
    'endpoints: { gw: { baseUrl: http://x, apiKey: sk-secret-0123 } }',
    'endpoints: { gw: { baseUrl: http://x, keyVariable: sk-secret-0123 } }',
    'endpoints: { gw: { headers: { "X Y": sk-secret-0123 } } }',
    'models: sk-secret-0123',
    'a: b: sk-secret-0123',
    'key: "sk-secret-0123',
    'sk-secret-0123',
    'x: *sk-secret-0123',
    'x: !sk-secret-0123 y',
    '%sk-secret-0123\n--- x',
    'a: [sk-secret-0123]] sk-secret-0123',
  ])('never quotes a value: %s', (text) => {
    const mistakes = mistakesOf(text);
    expect(mistakes).not.toEqual([]);
    expect(mistakes.join('\n')).not.toContain('sk-secret');
  });

  it('sends a key that was written into the file to keyVariable', () => {
    expect(mistakesOf('endpoints: { gw: { apiKey: x } }')).toEqual([
      "tutti.yaml:1:20: 'apiKey' is not a setting: name the variable that holds the key with keyVariable.",
    ]);
  });

  it('refuses variables that can hold no key', () => {
    expect(mistakesOf('endpoints: { gw: { keyVariable: HTTPS_PROXY } }')[0]).toContain(
      'names a variable that holds no key',
    );
  });

  it.each([
    ['two keys of one name', 'run: { rpm: 1, rpm: 2 }', "the key 'rpm' appears twice"],
    [
      'a second document',
      'run: { rpm: 1 }\n---\nrun: { rpm: 2 }',
      'tutti.yaml:2:1: holds a second document',
    ],
    [
      'a name that an object loses',
      'aliases: { __proto__: a/b }',
      "the key '__proto__' can be no name",
    ],
    [
      'an endpoint of that name',
      'endpoints:\n  __proto__: { baseUrl: http://x }',
      'tutti.yaml:2:3',
    ],
    ['a text for a switch', 'run: { stream: "yes" }', 'run.stream must be true or false'],
    ['a long list', `models: [${'a/b, '.repeat(1001)}]`, 'models must have at most 1000 entries'],
    ['tabs', 'run:\n\trpm: 1', 'tab'],
    ['an open quote', 'models: ["a]', 'not valid YAML'],
    ['merge keys', 'a: &a { rpm: 1 }\nrun: { <<: *a }', "unknown key '<<'"],
    ['bytes that are no text', '\xff', 'unknown key'],
  ])('refuses %s', (_, text, message) => {
    const mistakes = mistakesOf(text).join('\n');
    expect(mistakes).toMatch(message === 'unknown key' ? /must be a map/ : new RegExp(message));
  });

  it('refuses what is not UTF-8', () => {
    const { problems } = parseSettings(Buffer.from([0x61, 0xff, 0x62]), 'tutti.yaml');
    expect(problems).toEqual([{ where: 'tutti.yaml:1:1', message: 'is not UTF-8 text.' }]);
  });

  it.each([
    ['a billion laughs', laughs()],
    ['deep nesting', '['.repeat(100_000)],
    ['an alias of itself', 'models: &a [*a]'],
    ['a hundred thousand keys', Array.from({ length: 80_000 }, (_, i) => `k${i}: 1`).join('\n')],
  ])('survives %s', (_, text) => {
    const startMs = performance.now();
    expect(mistakesOf(text)).not.toEqual([]);
    expect(performance.now() - startMs).toBeLessThan(10_000);
  });
});

it('makes a JSON schema with a description of every key', () => {
  const schema = JSON.stringify(settingsJsonSchema());
  for (const key of ['models', 'aliases', 'endpoints', 'keyVariable', 'timeout']) {
    expect(schema).toContain(`"${key}":{`);
  }
  expect(schema).toContain('default 300 seconds');
});

function laughs(): string {
  const lines = ['a0: &a0 [x, x]'];
  for (let i = 1; i < 30; i++) lines.push(`a${i}: &a${i} [*a${i - 1}, *a${i - 1}]`);
  return lines.join('\n');
}
