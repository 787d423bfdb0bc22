import { describe, expect, it } from 'vitest';
import { sampleEngine } from '../../../test/support/sample-engine.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { readConfiguration } from '../context/action-context.ts';
import { chooseModels, sourcesOf } from './choose-models.ts';

function configurationOf(settings = '', variables: Record<string, string> = {}) {
  return readConfiguration(sampleEngine(settings, variables).context);
}

async function refusal(
  references: readonly string[],
  settings = '',
  variables: Record<string, string> = {},
): Promise<TuttiError> {
  const configuration = await configurationOf(settings, variables);
  try {
    chooseModels(references, configuration);
  } catch (error) {
    if (error instanceof TuttiError) return error;
  }
  return expect.unreachable('no model was refused');
}

describe('chooseModels', () => {
  it('takes the models that are named, else the default ones of the settings', async () => {
    const configuration = await configurationOf(
      'models: [sim/quick, fast]\naliases: {fast: sim/slow}',
    );
    const named = (references: readonly string[]) =>
      chooseModels(references, configuration).map(({ laneName }) => laneName);
    expect(named(['sim/careful'])).toEqual(['sim/careful']);
    expect(named([])).toEqual(['sim/quick', 'sim/slow']);
  });

  it('says without any model what was looked for, what to set and how to try it', async () => {
    const { code, message, hint } = await refusal([]);
    expect(code).toBe('bad_usage');
    expect(message).toMatch(
      /no model to ask.*\nkeys looked for, none found: .*_API_KEY.* … \d+ more/,
    );
    expect(hint).toContain('export OPENAI_API_KEY');
    expect(hint).toContain('sim/quick');
    expect(hint).toContain('http://localhost:11434/v1#MODEL');
  });

  it('names the keys that it found, never what they hold, and a provider that can be asked', async () => {
    const key = 'mi-0123456789-secret';
    const { message, hint } = await refusal([], '', { MISTRAL_API_KEY: key });
    expect(message).toContain('keys found: MISTRAL_API_KEY (shell)');
    expect(hint).toContain('-m mistral/MODEL');
    expect(message + hint).not.toContain(key);
  });

  it('lists every model that cannot be asked, each hint once', async () => {
    const { code, message, hint } = await refusal([
      'opnai/x',
      'anthropic/c',
      'sim/quik',
      'opnai/x',
    ]);
    expect(code).toBe('unknown_model');
    const lines = message.split('\n');
    expect(lines).toHaveLength(3);
    for (const line of lines) expect(line).not.toMatch(/\.$/);
    expect(hint!.split('\n')).toHaveLength(3);
    expect(hint).toContain('openai/x');
    expect(hint).toContain('sim/quick');
  });
});

describe('sourcesOf', () => {
  it('say which keys come from where, which address is unusual, and what is simulated', async () => {
    const configuration = await configurationOf('', {
      OPENAI_API_KEY: 'sk-0123456789-secret',
      OPENAI_BASE_URL: 'http://127.0.0.1:9/v1',
    });
    const models = chooseModels(['openai/a', 'openai/b', 'sim/quick'], configuration);
    const sources = sourcesOf(models);
    expect(sources).toEqual({
      simulated: true,
      keys: [{ variable: 'OPENAI_API_KEY', where: 'shell' }],
      addresses: [
        {
          endpoint: 'openai',
          host: '127.0.0.1:9',
          source: expect.stringContaining('OPENAI_BASE_URL'),
        },
      ],
    });
    expect(JSON.stringify(sources)).not.toContain('secret');
  });

  it('are none for a server that is named by its address', async () => {
    const models = chooseModels(['http://localhost:1/v1#m'], await configurationOf());
    expect(sourcesOf(models)).toEqual({ simulated: false, keys: [], addresses: [] });
  });
});
