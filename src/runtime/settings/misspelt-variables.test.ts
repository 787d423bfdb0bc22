import { expect, it } from 'vitest';
import { createEnvironment } from '../environment/environment.ts';
import { misspeltVariables } from './misspelt-variables.ts';
import { environmentName, RUN_OPTION_NAMES } from './run-options.ts';

const found = (variables: Record<string, string>, platform: NodeJS.Platform = 'linux') =>
  misspeltVariables(createEnvironment(variables, platform));

it('names the variable that a misspelt one means, and never its value', () => {
  expect(
    found({ TUTTI_RMP: 'secret', TUTTI_CONCURENCY: '4', TUTTI_TRUTS: '1', tutti_out: 'x' }),
  ).toEqual([
    { kind: 'variable_misspelt', name: 'TUTTI_RMP', meant: 'TUTTI_RPM' },
    { kind: 'variable_misspelt', name: 'TUTTI_CONCURENCY', meant: 'TUTTI_CONCURRENCY' },
    { kind: 'variable_misspelt', name: 'TUTTI_TRUTS', meant: 'TUTTI_TRUST' },
    { kind: 'variable_misspelt', name: 'tutti_out', meant: 'TUTTI_OUT' },
  ]);
});

it('says nothing of what it knows, of an empty one, and of what is like none', () => {
  const known = [...RUN_OPTION_NAMES.map(environmentName), 'TUTTI_MODELS', 'TUTTI_HOME'];
  expect(found(Object.fromEntries(known.map((name) => [name, '1'])))).toEqual([]);
  expect(found({ TUTTI_RMP: '', TUTTI_NONSENSE: '1', RMP: '1', TUTTI_: '1' })).toEqual([]);
});

it('takes any case on Windows, where names have none', () => {
  expect(found({ Tutti_Rpm: '1' }, 'win32')).toEqual([]);
  expect(found({ Tutti_Rmp: '1' }, 'win32')).toHaveLength(1);
});
