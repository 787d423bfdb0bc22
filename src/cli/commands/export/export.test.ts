import { expect, it } from 'vitest';
import { createFakeCli, runWords } from '../../../../test/support/fake-cli.ts';
import { command } from './index.ts';

const refusalOf = (...words: string[]) =>
  runWords(command, ['rows.csv', ...words], createFakeCli().context).catch((error) => error);

it('refuses options of fine-tuning for other forms, and the other way round', async () => {
  const table = ['--format', 'csv', '--prompt', 'q', '--validation', '0.1', '--drop'];
  expect(await refusalOf(...table)).toMatchObject({
    code: 'bad_usage',
    message:
      '--prompt, --validation, --drop have no meaning with --format csv, which is not for fine-tuning.',
  });
  const examples = ['--format', 'alpaca', '--excel-safe'];
  expect(await refusalOf(...examples)).toMatchObject({
    code: 'bad_usage',
    message: '--excel-safe has no meaning with --format alpaca, which is for fine-tuning.',
  });
});
