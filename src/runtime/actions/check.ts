import { TuttiError } from '../../core/tutti-error.ts';
import {
  byLine,
  type FirstPassOptions,
  type Problem,
  type PromptoFinding,
  type RowFilling,
  readExperiment,
} from '../../experiment/index.ts';
import { type ActionContext, readConfiguration } from '../context/action-context.ts';
import { createFindTarget } from '../models/find-lane-target.ts';
import { openMedia } from '../runs/media-folder.ts';
import { requestTarget } from '../runs/request-target.ts';
import { checkedFilling } from '../runs/row-filling.ts';
import { inputOf, labelOf } from '../runs/run-input.ts';

/** What was found in one experiment. */
export interface CheckedFile {
  readonly file: string;
  /** False when it could not be read at all; the one problem says why. */
  readonly readable: boolean;
  readonly rows: number;
  readonly problems: readonly Problem[];
  /** All problems, those included that are not listed. */
  readonly total: number;
}

/** How experiments are read. */
export interface CheckOptions extends RowFilling {
  /** Folders of `.txt` files, each a prompt, that are experiments, too; default none. */
  readonly promptFolders?: readonly string[] | undefined;
  /** Columns of a CSV, besides those of parameters, whose cells are JSON where they are wholly JSON; default none. */
  readonly typed?: readonly string[] | undefined;
  /** Where the requests of a file of such would be sent; default OpenAI. */
  readonly requestUrl?: string | undefined;
  /** The folder whose files rows may name; default: each file's own, see `RunRequest.media`. */
  readonly media?: string | undefined;
}

/** Reads experiments and says all that is wrong with them; sends nothing. */
export async function check(
  context: ActionContext,
  files: readonly string[],
  options: CheckOptions = {},
): Promise<readonly CheckedFile[]> {
  const configuration = await readConfiguration(context);
  const findTarget = createFindTarget({
    context: configuration,
    limits: new Map(),
    usual: {},
    open: (model) => context.opener.open(model),
  });
  const { typed, requestUrl, promptFolders = [] } = options;
  const requests = requestTarget(requestUrl, configuration);
  const filling = checkedFilling(options, findTarget);
  const sources = [
    ...files.map((file) => ({ file })),
    ...promptFolders.map((file) => ({ file, promptFolder: true })),
  ];
  const checked: CheckedFile[] = [];
  for (const source of sources) {
    const input = inputOf(source, context.workingFolder);
    const media = openMedia({ file: source.file, media: options.media }, context);
    const how = { input, label: labelOf(source), typed, requests, filling, findTarget, media };
    checked.push(await checkFile(how));
  }
  return checked;
}

function unlikePrompto(finding: PromptoFinding): Problem[] {
  if (finding.kind !== 'unlike_prompto') return [];
  const { rows, says } = finding;
  const message = `${rows} ${rows === 1 ? 'row' : 'rows'}: ${says}`;
  const hint = 'see docs/guide/from-prompto.md';
  return [{ severity: 'warning', line: null, column: null, message, hint }];
}

async function checkFile(
  options: FirstPassOptions & { readonly label: string },
): Promise<CheckedFile> {
  const { label } = options;
  try {
    const { table, lineProblems, modelProblems, promptoFindings } = await readExperiment({
      ...options,
      warnings: true,
    });
    const unlike = promptoFindings.flatMap(unlikePrompto);
    return {
      file: label,
      readable: true,
      rows: table.rowCount,
      problems: [...unlike, ...lineProblems.kept, ...modelProblems.kept].sort(byLine),
      total: unlike.length + lineProblems.total + modelProblems.total,
    };
  } catch (error) {
    // One file that cannot be read does not hide what was found in the others.
    if (!(error instanceof TuttiError)) throw error;
    const { message, hint = null } = error;
    const problem: Problem = { severity: 'error', line: null, column: null, message, hint };
    return { file: label, readable: false, rows: 0, problems: [problem], total: 1 };
  }
}
