import { test } from 'vitest';
import { crashWorkflow } from '../support/crash-workflow.ts';

test('2,000 rows of five calls, killed at 20 random moments, end each once', async () => {
  await crashWorkflow(2_000, 20);
}, 600_000);
