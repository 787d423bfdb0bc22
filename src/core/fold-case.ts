const DOTLESS_I = 'ı';

/**
 * Makes texts that differ only in case, or in how accents are composed, the same: NFC, and as Unicode folds case
 * (`ß` is `ss`, every sigma the same). A dotless ı stays apart from i.
 */
export function foldCase(text: string): string {
  return text.normalize('NFC').split(DOTLESS_I).map(foldPart).join(DOTLESS_I).normalize('NFC');
}

/** Upper case first: it joins what lower case keeps apart. */
function foldPart(text: string): string {
  return text.toLowerCase().toUpperCase().toLowerCase().replaceAll('ς', 'σ');
}
