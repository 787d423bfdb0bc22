// Everything below 0x20 but tab and newline, DEL, the C1 range, and what can reorder or hide text.
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/**
 * Makes untrusted text (answers, model names, error bodies, file names) safe to print: control
 * characters become their visible escape, newlines and tabs stay.
 */
export function plainText(text: string): string {
  return text.replace(/\r\n/g, '\n').replace(CONTROL, visibleEscape);
}

/** As `plainText`, on one line and at most `limit` characters long. */
export function plainLine(text: string, limit = 200): string {
  const line = plainText(text).replace(/\s+/g, ' ').trim();
  return line.length > limit ? `${line.slice(0, limit - 1)}…` : line;
}

function visibleEscape(character: string): string {
  const code = character.charCodeAt(0);
  return code < 0x100
    ? `\\x${code.toString(16).padStart(2, '0')}`
    : `\\u${code.toString(16).padStart(4, '0')}`;
}
