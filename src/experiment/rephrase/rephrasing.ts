import { nearestName } from '../../core/nearest-name.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { type ModelProblemOf, type NamedModel, readRole } from '../made-rows/role-settings.ts';
import { quoted } from '../row/quoted.ts';
import { type RephraseWay, readWays } from './rephrase-ways.ts';
import { splitNumberedList } from './split-numbered-list.ts';

/** What makes several texts of a reply, by its name. */
const PARSERS: Readonly<Record<string, (reply: string) => readonly string[]>> = {
  split_numbered_list: splitNumberedList,
};

/** Who rephrases prompts, and how. Paths are as the process can open them. */
export interface RephrasingRequest {
  /** A folder with `settings.json` and a file of templates; default: names are models. */
  readonly folder?: string | undefined;
  /** Models that rephrase, or several with commas between, at least one. */
  readonly models: readonly string[];
  /** File of templates, one a line; default `template.txt` of the folder, or a usual one. */
  readonly template?: string | undefined;
  /** `split_numbered_list` makes several prompts of a reply; default: a reply is one. */
  readonly parser?: string | undefined;
  /** Different texts wanted of each template, 1 to 1,000, as a list that is checked; default: any reply. */
  readonly variants?: number | undefined;
  /** Languages into which prompts are translated; default none. */
  readonly translate?: readonly string[] | undefined;
  /** Languages into which they are translated and back; default none. */
  readonly via?: readonly string[] | undefined;
  /** True leaves the original prompts out; default false. */
  readonly removeOriginal?: boolean | undefined;
  /** Seed of the keys of lists, a whole number from 0; default 0. */
  readonly seed?: number | undefined;
}

/** Models and ways, read and checked. */
export interface Rephrasing {
  readonly models: readonly NamedModel[];
  readonly ways: readonly RephraseWay[];
  readonly seed: number;
  readonly keepOriginal: boolean;
  /** Makes the texts of a reply that is no list. */
  readonly parse: (reply: string) => readonly string[];
}

/**
 * Reads the settings of models that rephrase, and their templates.
 *
 * @param modelProblem says why a model cannot be asked
 * @throws TuttiError `bad_input` with everything that is wrong
 */
export async function readRephrasing(
  request: RephrasingRequest,
  modelProblem: ModelProblemOf,
): Promise<Rephrasing> {
  const { folder, models: names, template, parser, variants, seed = 0 } = request;
  const { translate = [], via = [], removeOriginal = false } = request;
  const problems: string[] = [];
  const role = { folder, names, role: 'model', modelProblem };
  const models = await readRole(role, problems);
  const ways = await readWays({ folder, template, variants, translate, via }, problems);
  const parse = parser === undefined ? (reply: string) => [reply] : PARSERS[parser];
  if (parse === undefined) problems.push(unknownParser(parser!));
  if (problems.length > 0) throw new TuttiError('bad_input', problems.join('\n'));
  return { models, ways, seed, keepOriginal: !removeOriginal, parse: parse! };
}

function unknownParser(parser: string): string {
  const known = Object.keys(PARSERS);
  const nearest = nearestName(parser, known);
  return `no parser is called ${quoted(parser)}; ${nearest ? `did you mean ${nearest}?` : `known: ${known.join(', ')}`}`;
}
