import { plainLine } from '../../core/plain-text.ts';
import type { Notice } from '../../runtime/index.ts';

/** Renders what the user should know about keys and settings, one line. */
export function renderNotice(notice: Notice): string {
  return plainLine(sentence(notice), 500);
}

function sentence(notice: Notice): string {
  switch (notice.kind) {
    case 'keys_readable_by_others':
      return `Others can read your keys (mode ${notice.mode}): chmod 600 ${notice.path}`;
    case 'line_passed_over':
      return `${notice.file}:${notice.line} is not NAME=VALUE; passed over.`;
    case 'lock_taken_over':
      return `The lock of this run is taken over: ${notice.reason}.`;
    case 'agreement_not_kept':
      return `This agreement is not kept: ${notice.reason}`;
    case 'variables_ignored': {
      const list = notice.variables.map(({ name, line }) => `${name} (.env:${line})`).join(', ');
      return `Ignored: ${list}; a project's .env may set keys and addresses only.`;
    }
  }
}
