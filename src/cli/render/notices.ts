import { plainLine } from '../../core/plain-text.ts';
import type { Notice } from '../../runtime/index.ts';
import { foreignRunText } from '../context/foreign-run-text.ts';
import { countOf, countText } from './figures.ts';

type NoticeOf<Kind extends Notice['kind']> = Extract<Notice, { readonly kind: Kind }>;

/** Renders what the user should know about keys, settings and folders, one line. */
export function renderNotice(notice: Notice): string {
  return plainLine(sentence(notice), 500);
}

/** Renders what the user should know, a line each. */
export function renderNotices(notices: readonly Notice[]): string {
  return notices.map((notice) => `${renderNotice(notice)}\n`).join('');
}

function sentence(notice: Notice): string {
  switch (notice.kind) {
    case 'keys_readable_by_others':
      return `Others can read your keys (mode ${notice.mode}): chmod 600 ${notice.path}`;
    case 'reference_open':
      return `.env:${notice.line}: what ${notice.variable} refers to is not set before it in .env, and stays as it is written.`;
    case 'line_passed_over':
      return `${notice.file}:${notice.line} is not NAME=VALUE; passed over.`;
    case 'lock_taken_over':
      return `The lock of this run is taken over: ${notice.reason}.`;
    case 'agreement_not_kept':
      return `This agreement is not kept: ${notice.reason}`;
    case 'template_doubtful':
      return `${notice.sentence}.`;
    case 'not_rephrased':
      return `Not rephrased: ${countOf(notice.prompts, 'prompt')} without a text of a user.`;
    case 'rephrased':
      return rephrasedText(notice.counts);
    case 'not_judged':
      return notJudgedText(notice);
    case 'settings_misnamed':
      return `${notice.path} is not read; call it ${notice.meant}.`;
    case 'variable_misspelt':
      return `The variable ${notice.name} sets nothing; did you mean ${notice.meant}?`;
    case 'foreign_run':
      return `${foreignRunText(notice.run)}; its answers count as they are. --new begins another run, --resume known refuses such ones.`;
    case 'media_noted':
      return `${countOf(notice.rows, 'row shows', 'rows show')} media that are not sent as they are written (tutti check lists them): ${notice.first}.`;
    case 'models_unused':
      return `Every row names its own model: ${notice.models.join(', ')} (-m) is asked nothing; --override-model changes that.`;
    case 'runs_not_kept':
      return 'Your home cannot be read or written: which runs were begun here is not known, and each counts as one.';
    case 'group_may_write':
      return `${notice.folder} may be written by its group: whoever is in it can change what is asked and answered (chmod g-w).`;
    case 'owners_unknown':
      return `${notice.folder} is on a mount that cannot say who may write there; it is used all the same.`;
    case 'input_restored':
      return `input.jsonl in ${notice.folder} was not what it was when the run began; it was copied anew from your file.`;
    case 'state_rebuilt':
      return `run.json in ${notice.folder} was gone; the run goes on with the answers that its journal holds.`;
    case 'results_rebuilt':
      return `The results in ${notice.folder} were gone; they are written again from its journal.`;
    case 'unlike_prompto':
    case 'prompto_rows':
      return promptoText(notice);
    case 'answers_left':
      return `${notice.folder} holds ${countOf(notice.answers, 'answer')}, but no run.json, and not this input; it is left as it is.`;
    case 'variables_ignored': {
      const list = notice.variables.map(({ name, line }) => `${name} (.env:${line})`).join(', ');
      return `Ignored: ${list}; a project's .env may set keys and addresses only.`;
    }
  }
}

/** For whoever comes from prompto, or has a script that reads what it writes. */
function promptoText(
  finding: Extract<Notice, { kind: 'unlike_prompto' | 'prompto_rows' }>,
): string {
  if (finding.kind === 'unlike_prompto') return `${countOf(finding.rows, 'row')}: ${finding.says}.`;
  const texts = finding.fromTable ? '; cells are texts, ids too (--typed id reads numbers)' : '';
  return `Rows as prompto has them: what fails has answer.error and a response of null, times and usage stand in answer${texts}. All differences: docs/guide/from-prompto.md`;
}

function rephrasedText(counts: NoticeOf<'rephrased'>['counts']): string {
  const { rephrased, errors, unreadable, empty, equal } = counts;
  const lost = Object.entries({ failed: errors, unreadable, empty, 'equal to the prompt': equal });
  const left = lost.flatMap(([what, count]) => (count > 0 ? [`${countText(count)} ${what}`] : []));
  const rest = left.length > 0 ? `; left out: ${left.join(', ')}` : '';
  return `${countOf(rephrased, 'rephrased prompt')}${rest}.`;
}

function notJudgedText({ errors, empty }: NoticeOf<'not_judged'>): string {
  const failed = errors > 0 ? [`${countOf(errors, 'row')} failed`] : [];
  const blank = empty > 0 ? [`${countOf(empty, 'answer')} without text`] : [];
  return `Not judged: ${[...failed, ...blank].join(', ')}.`;
}
