import { expect, it } from 'vitest';
import { createEnvironment } from './environment.ts';
import { proxySettings } from './proxy-settings.ts';
import { terminalPreferences } from './terminal-preferences.ts';

const colourOf = (variables: Record<string, string>): string => {
  const { colour, colourLevel } = terminalPreferences(createEnvironment(variables));
  return colourLevel === null ? colour : `${colour} ${colourLevel}`;
};

it.each([
  [{}, 'auto'],
  [{ NO_COLOR: '1', FORCE_COLOR: '' }, 'never'],
  [{ NO_COLOR: '' }, 'auto'],
  [{ NO_COLOR: '', FORCE_COLOR: '2' }, 'always 2'],
  [{ FORCE_COLOR: '' }, 'always'],
  [{ FORCE_COLOR: '0', CLICOLOR_FORCE: '1' }, 'never'],
  [{ CLICOLOR_FORCE: '1' }, 'always'],
  [{ CLICOLOR_FORCE: '0' }, 'auto'],
])('reads the colour wishes %o as %s', (variables, expected) => {
  expect(colourOf(variables)).toBe(expected);
});

it('tells a dumb terminal and continuous integration', () => {
  const environment = createEnvironment({ TERM: 'dumb', CI: 'true' });
  expect(terminalPreferences(environment)).toMatchObject({ dumb: true, ci: true });
  expect(terminalPreferences(createEnvironment({ CI: 'false' })).ci).toBe(false);
});

it('lets the lower-case name of a proxy win and ignores empty ones', () => {
  const environment = createEnvironment({
    HTTP_PROXY: 'http://upper',
    http_proxy: 'http://lower',
    HTTPS_PROXY: '',
    NO_PROXY: 'a,b',
  });
  expect(proxySettings(environment)).toEqual({
    httpProxy: 'http://lower',
    httpsProxy: undefined,
    noProxy: 'a,b',
  });
});
