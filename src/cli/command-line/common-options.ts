import type { ColourChoice } from '../terminal/colour-choice.ts';
import { switchOption, valueOption } from './option.ts';
import { name, nameList, oneOf, path } from './option-values.ts';

/** Options that every command has. */
export const GLOBAL_OPTIONS = {
  color: valueOption(
    '--color WHEN',
    'Colour: auto, always or never; wins over NO_COLOR and FORCE_COLOR',
    oneOf<ColourChoice>(['auto', 'always', 'never']),
    'auto',
  ),
  debug: switchOption('--debug', 'Show the stack trace of an error'),
} as const;

/** `--json`, for commands that print one answer to a program. */
export const jsonOption = switchOption('--json', 'Print JSON on standard output and nothing else');

/** `--quiet`, for commands that show progress. */
export const quietOption = switchOption('-q, --quiet', 'Show no progress and no summary');

/** `--trust`, for commands that read the settings of the working folder. */
export const trustOption = switchOption(
  '--trust',
  'Use tutti.yaml and .env of this folder without asking, this once',
);

/** `--typed`, of everything that reads the rows of an experiment. */
export const typedOption = valueOption(
  '--typed COLUMNS',
  'Columns of texts of a table, separated by commas, whose cells are JSON where they are wholly JSON, as those of parameters',
  nameList,
  'none',
);

/** `--media`, of everything that reads the rows of an experiment. */
export const mediaOption = valueOption(
  '--media DIR',
  'The folder whose files rows may name: images, sounds, PDFs, videos',
  path,
  "media/ beside a folder input/, else the experiment's folder",
);

/** `--request-url`, of everything that reads the rows of an experiment. */
export const requestUrlOption = valueOption(
  '--request-url URL',
  'Where batch lines and request bodies would be sent; a key goes only to a known provider or an entry of endpoints:',
  name,
  'https://api.openai.com',
);
