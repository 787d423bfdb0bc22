import { plainLine } from '../../../core/plain-text.ts';
import { defineCommand } from '../../command-line/command.ts';
import { jsonOption } from '../../command-line/common-options.ts';
import { EXIT_OK } from '../../context/exit-code.ts';
import { endpointOption } from './endpoint-option.ts';

/** `tutti media upload`. */
export const uploadMediaCommand = defineCommand({
  name: 'media upload',
  summary: 'upload files, each once',
  description:
    'Uploads files and waits until they can be asked about; what is there already, by its bytes, is not uploaded again. The name that is printed is what a row has as "uploaded_filename".',
  arguments: [
    {
      name: 'FILE',
      description: 'Image, sound, PDF or video',
      required: true,
      repeatable: true,
    },
  ],
  options: {
    endpoint: endpointOption,
    json: { ...jsonOption, description: 'Print a JSON line for each file' },
  },
  examples: [{ line: 'tutti media upload talk.mp4', does: 'Upload a video before a run' }],
  exitCodes: { 0: 'all are there', 1: null },
  async run({ arguments: files, options: { endpoint, json } }, context) {
    const { openCommandEngine } = await import('../../context/open-command-engine.ts');
    const { stdout } = context;
    await using engine = await openCommandEngine(context);
    await engine.uploadMedia({ endpoint, files }, ({ path, file, wasThere }) => {
      const what = wasThere ? ' (was there)' : '';
      stdout.write(
        json
          ? `${JSON.stringify({ path, wasThere, ...file })}\n`
          : `${plainLine(file.name, 100)}  ${plainLine(path, 500)}${what}\n`,
      );
    });
    return EXIT_OK;
  },
});
