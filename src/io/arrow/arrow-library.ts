import { TuttiError } from '../../core/tutti-error.ts';
import { systemCode } from '../file-error.ts';

const NAME = 'apache-arrow';

/**
 * Loads what needs the library that knows Arrow, which only those install who have such files.
 *
 * @param what what messages call the file
 * @throws TuttiError `bad_usage` where the library is not there
 */
export async function withArrow<Loaded>(
  what: string,
  load: () => Promise<Loaded>,
): Promise<Loaded> {
  try {
    return await load();
  } catch (cause) {
    const isMissing = systemCode(cause) === 'ERR_MODULE_NOT_FOUND' && String(cause).includes(NAME);
    if (!isMissing) throw cause;
    throw new TuttiError('bad_usage', `${what} is an Arrow file, and ${NAME} is not installed`, {
      hint: `Install it beside tutti (npm install ${NAME}), or use Parquet.`,
      cause,
    });
  }
}
