// Written by `npm run generate` from src/scorers: do not edit.
import type { ListedScorer } from './shape/scorer.ts';

/** Every scorer by name; none is loaded before it is used. */
export const SCORERS: Readonly<Record<string, ListedScorer>> = {
  'bleu': { form: "", about: "sacrebleu's sentence BLEU against expected_response, 0 to 1; the corpus's in the aggregates", load: () => import('./bleu/index.ts') },
  'choice': { form: "", about: "whether the answer chooses the letter that is expected_response: \"B\", \"(B)\", \"The answer is B\"", load: () => import('./choice/index.ts') },
  'chrf': { form: "", about: "sacrebleu's sentence chrF2 against expected_response, 0 to 1; the corpus's in the aggregates", load: () => import('./chrf/index.ts') },
  'classifier': { form: ":DIR[:LABEL]", about: "probability of a label by a text classifier (ONNX) in a folder, with @huggingface/transformers installed beside tutti", load: () => import('./classifier/index.ts') },
  'exact': { form: "", about: "whether the answer equals expected_response, but for case and space around it", load: () => import('./exact/index.ts') },
  'includes': { form: "", about: "whether expected_response stands in the answer", load: () => import('./includes/index.ts') },
  'json-equal': { form: "", about: "whether the answer is the same JSON as expected_response, whatever the order of keys", load: () => import('./json-equal/index.ts') },
  'json-schema': { form: ":FILE", about: "whether the answer is JSON that a JSON Schema allows", isFile: true, load: () => import('./json-schema/index.ts') },
  'language': { form: ":CODE", about: "whether the answer is in a language, such as en; no score where there are no words to tell it by", load: () => import('./language/index.ts') },
  'length': { form: "[:max=N,min=N,unit=words]", about: "whether the answer is within min= and max= characters, or unit=words; without them, how long it is", load: () => import('./length/index.ts') },
  'levenshtein': { form: "", about: "likeness of the answer and expected_response: 1 less the edit distance over the longer length", load: () => import('./levenshtein/index.ts') },
  'match': { form: "", about: "whether the answer equals expected_response", load: () => import('./match/index.ts') },
  'numeric': { form: "[:abs=N,rel=N]", about: "whether the last number in the answer is that of expected_response; abs= and rel= allow a difference", load: () => import('./numeric/index.ts') },
  'refusal': { form: "", about: "whether the answer declines what was asked, by its first words (eight languages) or how it ended", load: () => import('./refusal/index.ts') },
  'regex': { form: ":RE", about: "whether a regular expression (RE2; (?i) for any case) is found in the answer", load: () => import('./regex/index.ts') },
  'rouge-l': { form: "", about: "ROUGE-L against expected_response: F1 of the longest common subsequence of words", load: () => import('./rouge-l/index.ts') },
};
