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

/** Which file of variables is read. */
export const ENV_FILE: PromptoFlag = {
  spellings: ['--env-file', '-e'],
  value: 'FILE',
  default: '.env',
  here: '',
  note: '`.env` of the working folder is read once you have agreed to it (`tutti trust`); another file: `(set -a; . ./FILE; exec tutti …)`.',
};

/** Where everything is. */
export const DATA_FOLDER: PromptoFlag = {
  spellings: ['--data-folder', '-d'],
  value: 'DIR',
  default: 'data',
  here: '-o {}/output',
  note: 'Results go below `./tutti-out` unless `-o` says otherwise. Media are found beside the folder `input`, else by `--media DIR`.',
};

/** What becomes of the input. */
export const MOVE_TO_INPUT: PromptoFlag = {
  spellings: ['--move-to-input', '-m'],
  here: '',
  note: 'The file stays where it is; the folder of the run has its copy.',
};

/** The experiment. */
export const FILE: PromptoFlag = { spellings: ['--file', '-f'], value: 'FILE', here: '{}' };

/** How fast is asked, and how often. */
export const LIMITS: readonly PromptoFlag[] = [
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

/** Who judges, by which templates. @param isRequired true where nothing else is done */
export function judgeFlags(isRequired: boolean): readonly PromptoFlag[] {
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

/** Who rephrases, by which template. */
export const REPHRASE: readonly PromptoFlag[] = [
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
