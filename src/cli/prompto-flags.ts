/** One flag of a command line of prompto, and what is written here instead. */
export interface PromptoFlag {
  /** As both packages have it, or the repository's alone; the long spelling first. */
  readonly spellings: readonly string[];
  /** As the package of `pip` (0.2.1) has it, where that differs; empty where it has no such flag. */
  readonly inPip?: readonly string[];
  /** Spellings that only prompto's pages have. */
  readonly inPages?: readonly string[];
  /** What its value is; absent for a switch. */
  readonly value?: string;
  /** True where one value holds several, with commas between them. */
  readonly isList?: boolean;
  /** What it is where it is not given; absent: nothing. */
  readonly default?: string;
  /** What is written here, `{}` for the value; empty: nothing has to be. */
  readonly here: string;
  /** What else there is to know, as a sentence. */
  readonly note?: string;
}

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

const ENV_FILE: PromptoFlag = {
  spellings: ['--env-file', '-e'],
  value: 'FILE',
  default: '.env',
  here: '',
  note: '`.env` of the working folder is read once you have agreed to it (`tutti trust`); another file: `(set -a; . ./FILE; exec tutti …)`.',
};

const DATA_FOLDER: PromptoFlag = {
  spellings: ['--data-folder', '-d'],
  value: 'DIR',
  default: 'data',
  here: '-o {}/output',
  note: 'Results go below `./tutti-out` unless `-o` says otherwise. Media are found beside the folder `input`, else by `--media DIR`.',
};

const MOVE_TO_INPUT: PromptoFlag = {
  spellings: ['--move-to-input', '-m'],
  here: '',
  note: 'The file stays where it is; the folder of the run has its copy.',
};

const FILE: PromptoFlag = { spellings: ['--file', '-f'], value: 'FILE', here: '{}' };

const LIMITS: readonly PromptoFlag[] = [
  {
    spellings: ['--max-queries', '-mq'],
    value: 'N',
    default: '10',
    here: '--rpm {}',
    note: '`--rpm` holds for each model; prompto without `--parallel` has one limit for all: `--total-rpm`. Without either there is no limit but those of the servers.',
  },
  {
    spellings: ['--max-attempts', '-ma'],
    value: 'N',
    default: '5',
    here: '--attempts {}',
    note: 'Also 5 where it is not given. A 429 that only says "too fast" costs none.',
  },
  {
    spellings: ['--parallel', '-p'],
    here: '',
    note: 'Models and groups never wait for each other.',
  },
  {
    spellings: ['--max-queries-json', '-mqj'],
    value: 'FILE',
    here: '--limits {}',
    note: 'The file as it is; it holds without `--parallel`, too.',
  },
];

function judgeFlags(isRequired: boolean): readonly PromptoFlag[] {
  return [
    {
      spellings: ['--judge-folder', '-jf'],
      inPip: ['--judge-folder', '-l'],
      value: 'DIR',
      here: '--judge-folder {}',
    },
    {
      spellings: ['--judge-templates', '-jt'],
      inPip: ['--templates', '-t'],
      value: 'FILES',
      isList: true,
      default: 'template.txt',
      here: '--judge-template {}',
      note: 'Once for each; `template.txt` without one.',
    },
    {
      spellings: ['--judge', '-j'],
      value: 'NAMES',
      isList: true,
      here: '--judge {}',
      note: `Once for each${isRequired ? '' : '; without `--judge` nothing is judged'}.`,
    },
  ];
}

const REPHRASE: readonly PromptoFlag[] = [
  {
    spellings: ['--rephrase-folder', '-rf'],
    inPip: [],
    value: 'DIR',
    here: '--rephrase-folder {}',
  },
  {
    spellings: ['--rephrase-templates', '-rt'],
    inPip: [],
    value: 'FILE',
    default: 'template.txt',
    here: '--rephrase-template {}',
  },
  {
    spellings: ['--rephrase-model', '-r'],
    inPip: [],
    value: 'NAMES',
    isList: true,
    here: '--rephrase {}',
    note: 'Once for each.',
  },
  {
    spellings: ['--rephrase-parser', '-rp'],
    inPip: [],
    value: 'NAME',
    here: '--rephrase-parser {}',
  },
  { spellings: ['--remove-original', '-ro'], inPip: [], here: '--remove-original' },
  { spellings: ['--only-rephrase', '-or'], inPip: [], here: '--only-rephrase' },
];

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
