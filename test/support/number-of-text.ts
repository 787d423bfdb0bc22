/** A number that a text always has, from 0 to 65,520: by it a fake decides what becomes of the text. */
export function numberOfText(text: string): number {
  let sum = 7;
  for (let k = 0; k < text.length; k++) sum = (sum * 31 + text.charCodeAt(k)) % 65_521;
  return sum;
}
