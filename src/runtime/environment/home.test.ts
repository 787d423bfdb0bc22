import { describe, expect, it } from 'vitest';
import { loadConfiguration } from '../context/configuration.ts';
import { removeKey, setKey } from '../keys/keys-file.ts';
import { SAMPLE_PROVIDERS } from '../sample-folder.test-support.ts';
import { createEnvironment } from './environment.ts';
import { locateHome } from './home.ts';

describe('locateHome', () => {
  it('puts everything into TUTTI_HOME when it is set', () => {
    const home = locateHome(createEnvironment({ TUTTI_HOME: '/t', XDG_CONFIG_HOME: '/x' }));
    expect(home).toEqual({ config: '/t', data: '/t' });
  });

  it('refuses a relative TUTTI_HOME, which a cloned folder could fill', () => {
    expect(() => locateHome(createEnvironment({ TUTTI_HOME: 'home' }))).toThrow(/relative/);
  });

  it('follows the XDG variables and ignores relative ones', () => {
    const home = locateHome(
      createEnvironment({ HOME: '/u', XDG_CONFIG_HOME: '/c', XDG_DATA_HOME: 'data' }),
    );
    expect(home).toEqual({
      config: '/c/tutti',
      data: '/u/.local/share/tutti',
    });
  });

  it('uses ~/Library on macOS and %APPDATA% on Windows', () => {
    expect(locateHome(createEnvironment({ HOME: '/u' }, 'darwin')).config).toBe(
      '/u/Library/Application Support/tutti',
    );
    const windows = createEnvironment({ AppData: 'C:\\r', LocalAppData: 'C:\\l' }, 'win32', null);
    expect(locateHome(windows)).toMatchObject({ config: 'C:\\r\\tutti', data: 'C:\\l\\tutti' });
  });
});

describe('a home that cannot be used', () => {
  const unusable = [{ HOME: '/dev/null/x' }, { TUTTI_HOME: '/dev/null/x' }, {}];

  it.each(unusable)('gives no settings and stops nothing: %o', async (variables) => {
    const configuration = await loadConfiguration({
      environment: createEnvironment({ ...variables, OPENAI_API_KEY: 'sk-shell-0123456789' }),
      folder: '/dev/null/no-project',
      providers: SAMPLE_PROVIDERS,
    });
    expect(configuration.settings.run.concurrency.value).toBe(64);
    expect(configuration.notices).toEqual([]);
  });

  it.each(unusable)('makes writing a file_unwritable error: %o', async (variables) => {
    const home = locateHome(createEnvironment(variables));
    await expect(setKey(home, 'OPENAI_API_KEY', 'sk-0123456789')).rejects.toMatchObject({
      code: 'file_unwritable',
      hint: expect.stringContaining('TUTTI_HOME'),
    });
    expect(await removeKey(home, 'OPENAI_API_KEY')).toBe(false);
  });
});
