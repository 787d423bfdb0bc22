import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder.ts';
import { expectedResponse } from '../shape/expected-response.ts';
import { scorer } from './index.ts';
import { writeTinyClassifier } from './tiny-classifier.test-support.ts';

const isInstalled = (() => {
  try {
    return Boolean(createRequire(import.meta.url).resolve('@huggingface/transformers'));
  } catch {
    return false;
  }
})();

function texts(...all: readonly string[]) {
  return all.map((text) => ({ text, expected: expectedResponse(undefined), finishReason: null }));
}

function prepare(argument: string, folder: string) {
  return scorer.prepare({ argument, content: '', folder });
}

it.skipIf(isInstalled)('says how the library is installed that it needs', async () => {
  await expect(prepare('model', '/')).rejects.toMatchObject({
    code: 'bad_usage',
    message: '@huggingface/transformers is not installed beside tutti',
    hint: expect.stringContaining('npm install'),
  });
});

// Half a gigabyte, so it is not among the packages that tests need: npm install --no-save @huggingface/transformers
const withLibrary = it.skipIf(!isInstalled);

withLibrary('gives the probability of a label, or the likeliest label', async () => {
  const folder = temporaryFolder();
  writeTinyClassifier(folder);
  const of = await prepare('.:positive', folder);
  const values = await of.scoreBatch(texts('good', 'bad bad', 'neither', 'good good good'));
  const share = (logit: number) => 1 / (1 + Math.exp(-logit));
  expect(values).toEqual([2, -4, 0, 6].map((logit) => expect.closeTo(share(logit), 5)));
  const labels = await (await prepare(folder, '/nowhere')).scoreBatch(texts('good', 'bad'));
  expect(labels).toEqual(['positive', 'negative']);
  expect(await of.scoreBatch([])).toEqual([]);
});

withLibrary(
  'refuses a label that it does not have, and a folder without a classifier',
  async () => {
    const folder = temporaryFolder();
    await expect(prepare('.', folder)).rejects.toMatchObject({ code: 'bad_usage' });
    writeTinyClassifier(folder);
    await expect(prepare('.:neutral', folder)).rejects.toMatchObject({
      message: 'its labels are negative, positive, not "neutral"',
    });
  },
);
