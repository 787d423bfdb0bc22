import { expect, it } from 'vitest';
import { createFakeCli, runWords } from '../../../../test/support/fake-cli.ts';
import type { ConsortiumPlan } from '../../../runtime/index.ts';
import { runConsortiumCommand } from './run.ts';

const PLAN: ConsortiumPlan = {
  ...{ name: 'team', hash: '0123456789ab', calls: 3, mostCalls: 3, warnings: [] },
  models: [{ model: 'a/one', calls: 3, mostCalls: 3 }],
  ...{ leastCostUsd: null, likelyCostUsd: null },
  notices: [{ kind: 'variable_misspelt', name: 'TUTTI_RMP', meant: 'TUTTI_RPM' }],
};

async function dryRun(...words: string[]) {
  const cli = createFakeCli({ engine: { planConsortium: async () => PLAN } });
  await runWords(runConsortiumCommand, ['team', 'why?', '--dry-run', ...words], cli.context);
  return { stdout: cli.stdout.text, stderr: cli.stderr.text };
}

it('tells beside the plan what is passed over in the settings, not with --quiet', async () => {
  const notice = 'The variable TUTTI_RMP sets nothing; did you mean TUTTI_RPM?\n';
  expect((await dryRun()).stderr).toBe(notice);
  const { stdout, stderr } = await dryRun('--json');
  expect(stderr).toBe(notice);
  expect(JSON.parse(stdout)).toMatchObject({ name: 'team', calls: 3 });
  expect((await dryRun('--quiet')).stderr).toBe('');
});
