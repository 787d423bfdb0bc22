import { test } from 'vitest';
import { crashWorkflow } from '../support/crash-workflow.ts';

test('a workflow killed at 6 random moments ends each row once and sends nothing twice but what was in flight', async () => {
  await crashWorkflow(400, 6);
}, 60_000);
