import {
  DATA_FOLDER,
  ENV_FILE,
  FILE,
  judgeFlags,
  LIMITS,
  MOVE_TO_INPUT,
  type PromptoFlag,
  REPHRASE,
} from './prompto-flags.ts';

/** A command of prompto, and the one that does its work here. */
export interface PromptoCommand {
  readonly name: string;
  /** Names that only prompto's pages have. */
  readonly inPages?: readonly string[];
  /** True where the package of `pip` (0.2.1) does not have it. */
  readonly repositoryOnly?: boolean;
  /** The command here; null: none is needed. */
  readonly command: string | null;
  /** Words that are written here in any case. */
  readonly always?: string;
  readonly flags: readonly PromptoFlag[];
  /** What else there is to know, as sentences. */
  readonly note?: string;
}

/** Both command lines of prompto: that of `pip` (0.2.1) and that of its repository. */
export const PROMPTO_COMMANDS: readonly PromptoCommand[] = [
  {
    name: 'prompto_run_experiment',
    command: 'run',
    flags: [
      FILE,
      ENV_FILE,
      MOVE_TO_INPUT,
      DATA_FOLDER,
      ...LIMITS,
      ...REPHRASE,
      ...judgeFlags(false),
      {
        spellings: ['--scorer', '-s'],
        inPages: ['--scorers'],
        value: 'NAMES',
        isList: true,
        here: '--score {}',
        note: 'Once for each; `match` and `includes` among others, or a file of your own.',
      },
      { spellings: ['--output-as-csv'], here: '--format csv' },
    ],
  },
  {
    name: 'prompto_run_pipeline',
    command: 'watch',
    flags: [
      {
        ...DATA_FOLDER,
        here: '{}',
        note: 'The folder of `input`, `output` and `media`; a file that cannot be run goes to `failed`.',
      },
      ENV_FILE,
      ...LIMITS,
    ],
  },
  {
    name: 'prompto_check_experiment',
    command: 'check',
    flags: [
      FILE,
      ENV_FILE,
      {
        spellings: ['--log-file', '-l'],
        value: 'FILE',
        default: '<name>-error-log.txt',
        here: '',
        note: 'What is wrong is printed; `> FILE` keeps it. The exit code is 1 where something is.',
      },
      {
        ...DATA_FOLDER,
        here: '',
        note: 'Media are found beside the folder `input`, else by `--media DIR`.',
      },
      MOVE_TO_INPUT,
    ],
  },
  {
    name: 'prompto_create_judge_file',
    command: 'judge',
    always: '--write-only judge.jsonl',
    flags: [
      {
        spellings: ['--input-file', '-i'],
        inPages: ['--experiment-file'],
        value: 'FILE',
        here: '{}',
      },
      ...judgeFlags(true),
      {
        spellings: ['--output-folder', '-o'],
        value: 'DIR',
        default: './',
        here: '',
        note: '`--write-only FILE` names the file itself; prompto calls it `judge-…` after the results. Without it the judge is asked.',
      },
    ],
  },
  {
    name: 'prompto_obtain_missing_jsonl',
    inPages: ['prompto_obtain_missing_results'],
    command: 'diff',
    always: '--missing',
    flags: [
      {
        spellings: ['--input', '-i'],
        inPages: ['--input-experiment'],
        value: 'FILE',
        here: '{}',
      },
      {
        spellings: ['--output', '-o'],
        inPages: ['--output-experiment'],
        value: 'FILE',
        here: '{}',
      },
      {
        spellings: ['--new', '-n'],
        inPages: ['--missing-results'],
        value: 'FILE',
        here: '-o {}',
        note: 'A file that is there is refused; prompto writes behind its end.',
      },
      { spellings: ['--id'], value: 'KEY', default: 'id', here: '--id {}' },
    ],
    note: 'Rows that failed are missing, too. Seldom needed: the same `tutti run` goes on where a run stopped, and `tutti run --only-failed FOLDER` asks again what failed.',
  },
  {
    name: 'prompto_upload_media upload',
    repositoryOnly: true,
    command: 'media upload',
    always: 'FILE…',
    flags: [
      {
        ...FILE,
        here: '',
        note: '`tutti media upload` takes the media themselves. Not needed for a run: it uploads what has to be, each content once.',
      },
      {
        spellings: ['--media-folder', '-m'],
        inPages: ['--data-folder', '-d'],
        value: 'DIR',
        here: '',
      },
      {
        spellings: ['--output-file', '-o'],
        value: 'FILE',
        default: '<name>_uploaded.jsonl',
        here: '',
        note: 'The experiment is not written anew; `uploaded_filename` in one is understood.',
      },
      { spellings: ['--overwrite-output', '-w'], here: '' },
      ENV_FILE,
    ],
  },
  {
    name: 'prompto_upload_media list',
    repositoryOnly: true,
    command: 'media list',
    flags: [ENV_FILE],
  },
  {
    name: 'prompto_upload_media delete',
    repositoryOnly: true,
    command: 'media delete',
    flags: [
      {
        spellings: ['--confirm-delete-all'],
        here: '--all --yes',
        note: 'Single files: `tutti media delete NAME…`.',
      },
      ENV_FILE,
    ],
  },
  {
    name: 'prompto_convert_images',
    command: null,
    flags: [{ spellings: ['--folder', '-f'], value: 'DIR', here: '' }],
    note: 'Not needed: the first bytes of a file tell its type, whatever its name and `media_type` say. prompto writes the images anew in their place, without transparency; where a server wants that, an image program does it.',
  },
  {
    name: 'prompto_quart_server',
    inPages: ['prompto_start_quart_server'],
    command: null,
    flags: [
      { spellings: ['--model-name', '-m'], value: 'NAME', here: '' },
      { spellings: ['--max-length', '-l'], value: 'N', default: '200', here: '' },
      {
        spellings: ['--pipeline-task', '-t'],
        value: 'TASK',
        default: 'text-generation',
        here: '',
      },
      { spellings: ['--host'], value: 'HOST', default: '0.0.0.0', here: '' },
      { spellings: ['--port', '-p'], value: 'N', default: '5000', here: '' },
    ],
    note: 'tutti serves no models. One that runs is asked with `api: quart`, as before. Servers that speak the protocol of OpenAI (vLLM, llama.cpp, TGI, Ollama) take parameters, too: `"model": "http://localhost:8000/v1#MODEL"`.',
  },
];
