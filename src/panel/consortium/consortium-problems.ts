import { nearestName } from '../../core/nearest-name.ts';
import { plainLine } from '../../core/plain-text.ts';
import { MAX_SHOWN_ANSWERS } from '../../judge/index.ts';
import { answerExtractor } from '../../scorers/extraction/answer-extractor.ts';
import type { ChosenStrategy, Consortium, ConsortiumMember } from './consortium.ts';
import { readParameters } from './strategies/read-parameters.ts';
import { STRATEGIES } from './strategies/strategies.generated.ts';
import type { Strategy } from './strategies/strategy.ts';

/** A consortium, its models opened or not. */
export type ConsortiumDefinition = Pick<
  Consortium,
  | 'judging'
  | 'strategies'
  | 'confidenceThreshold'
  | 'maxIterations'
  | 'minIterations'
  | 'memberTimeoutMs'
  | 'quorum'
  | 'extract'
> & {
  readonly members: readonly Pick<ConsortiumMember, 'id' | 'weight'>[];
  /** Their references, or themselves. */
  readonly arbiters: readonly (string | { readonly reference: string })[];
};

/** What of a definition is wrong: the key of a consortium's file. */
export type DefinitionKey =
  | 'members'
  | 'arbiter'
  | 'strategy'
  | 'judging'
  | 'extract'
  | 'confidenceThreshold'
  | 'maxIterations'
  | 'minIterations'
  | 'memberTimeout'
  | 'quorum';

/** One of the things that are wrong with a consortium. */
export interface DefinitionProblem {
  /** What it is about, the place to look at first. */
  readonly keys: readonly [DefinitionKey, ...DefinitionKey[]];
  /** A sentence. */
  readonly message: string;
}

/** Says all that is wrong with a consortium, a sentence each; nothing where it can be asked. */
export function consortiumProblems(definition: ConsortiumDefinition): readonly string[] {
  return definitionProblems(definition).map(({ message }) => message);
}

/** The same, each with what it is about. */
export function definitionProblems(definition: ConsortiumDefinition): readonly DefinitionProblem[] {
  return [
    ...memberProblems(definition),
    ...numberProblems(definition),
    ...strategyProblems(definition),
    ...extractProblems(definition),
    ...arbiterProblems(definition),
  ];
}

/** Says what is not wrong with a consortium, but hardly what was meant, a sentence each. */
export function consortiumWarnings(definition: ConsortiumDefinition): readonly string[] {
  const { members, arbiters, maxIterations } = definition;
  const warnings: string[] = [];
  if (members.length === 1) warnings.push('It has one member: there is nobody to agree with.');
  const asked = new Set(members.map(({ id }) => referenceOf(id)));
  const both = new Set(arbiters.map((one) => (typeof one === 'string' ? one : one.reference)));
  for (const arbiter of both) {
    if (!asked.has(arbiter)) continue;
    warnings.push(
      `The arbiter ${plainLine(arbiter, 100)} is a member, too: it judges its own answers.`,
    );
  }
  for (const chosen of definition.strategies) {
    if (chosen.name !== 'elimination' || chosen.own !== undefined) continue;
    const { drop, keep } = readParameters(STRATEGIES.elimination!, chosen.parameters).parameters;
    const rounds = 1 + Math.ceil((members.length - Number(keep)) / Number(drop));
    if (!(rounds > maxIterations)) continue;
    warnings.push(`elimination needs ${rounds} rounds, and maxIterations is ${maxIterations}.`);
  }
  return warnings;
}

/** The strategy that was chosen; undefined where there is none of that name. */
export function strategyOf({ name, own }: ChosenStrategy): Strategy | undefined {
  return own ?? (Object.hasOwn(STRATEGIES, name) ? STRATEGIES[name] : undefined);
}

function memberProblems({ members, quorum }: ConsortiumDefinition): DefinitionProblem[] {
  if (members.length === 0) return [problem('It has no member.', 'members')];
  const problems: DefinitionProblem[] = [];
  const ids = new Set<string>();
  for (const { id, weight } of members) {
    const shown = plainLine(id, 100);
    if (ids.has(id)) problems.push(problem(`Two members have the id ${shown}.`, 'members'));
    ids.add(id);
    if (weight === undefined || (weight > 0 && Number.isFinite(weight))) continue;
    problems.push(problem(`The weight of ${shown} must be a number above 0.`, 'members'));
  }
  if (!isCount(quorum)) problems.push(problem('quorum must be a whole number from 1.', 'quorum'));
  else if (quorum > members.length) {
    const has = members.length === 1 ? 'there is 1 member' : `there are ${members.length} members`;
    problems.push(problem(`quorum is ${quorum}, and ${has}.`, 'quorum', 'members'));
  }
  return problems;
}

function numberProblems(definition: ConsortiumDefinition): DefinitionProblem[] {
  const { confidenceThreshold, maxIterations, minIterations, memberTimeoutMs } = definition;
  const problems: DefinitionProblem[] = [];
  if (!(confidenceThreshold >= 0 && confidenceThreshold <= 1)) {
    const bounds = 'confidenceThreshold must be from 0 to 1, or from 0 to 100 per cent.';
    problems.push(problem(bounds, 'confidenceThreshold'));
  }
  const counts = { maxIterations, minIterations };
  for (const name of ['maxIterations', 'minIterations'] as const) {
    if (isCount(counts[name])) continue;
    problems.push(problem(`${name} must be a whole number from 1.`, name));
  }
  if (minIterations > maxIterations) {
    const both = `minIterations is ${minIterations}, more than maxIterations, ${maxIterations}.`;
    problems.push(problem(both, 'minIterations', 'maxIterations'));
  }
  if (!(memberTimeoutMs > 0)) {
    problems.push(problem('memberTimeout must be more than 0.', 'memberTimeout'));
  }
  return problems;
}

function strategyProblems({
  strategies,
  members,
  judging,
}: ConsortiumDefinition): DefinitionProblem[] {
  const problems: string[] = [];
  const known: Strategy[] = [];
  for (const chosen of strategies) {
    const strategy = strategyOf(chosen);
    if (strategy === undefined) {
      problems.push(unknownStrategy(chosen.name));
      continue;
    }
    if (known.includes(strategy)) problems.push(`The strategy ${strategy.name} is chosen twice.`);
    known.push(strategy);
    const { parameters, problems: wrong } = readParameters(strategy, chosen.parameters);
    problems.push(...wrong);
    if (strategy.name !== 'elimination' || wrong.length > 0) continue;
    if (Number(parameters.keep) > Math.max(1, members.length)) {
      problems.push(
        `keep of the strategy elimination is ${parameters.keep}, more than there are members.`,
      );
    }
  }
  const deciding = known.filter(({ decides }) => decides);
  const ranking = known.find(({ ranks }) => ranks);
  if (deciding.length > 1) {
    problems.push(
      `${deciding.map(({ name }) => name).join(' and ')} both decide which answer it is: choose one.`,
    );
  }
  if (deciding[0] && ranking) {
    problems.push(
      `${ranking.name} needs an arbiter's ranking, and with ${deciding[0].name} none is asked for.`,
    );
  }
  const found = problems.map((message) => problem(message, 'strategy'));
  if (ranking && judging === 'pick-one') {
    const message = `${ranking.name} needs judging: rank, and it is pick-one.`;
    found.push(problem(message, 'judging', 'strategy'));
  }
  return found;
}

function unknownStrategy(name: string): string {
  const names = Object.keys(STRATEGIES);
  const nearest = nearestName(name, names);
  const meant = nearest === undefined ? '' : ` Did you mean ${nearest}?`;
  return `There is no strategy "${plainLine(name, 60)}".${meant} There are ${names.join(', ')}.`;
}

function extractProblems({ extract }: ConsortiumDefinition): DefinitionProblem[] {
  if (extract === undefined || extract === null) return [];
  const extractor = answerExtractor(extract);
  return 'problem' in extractor ? [problem(`extract ${extractor.problem}.`, 'extract')] : [];
}

function arbiterProblems({
  arbiters,
  strategies,
  members,
}: ConsortiumDefinition): DefinitionProblem[] {
  const decides = strategies.some((chosen) => strategyOf(chosen)?.decides);
  if (decides) return [];
  const problems: DefinitionProblem[] = [];
  if (arbiters.length === 0) {
    const message = 'It has no arbiter: only members that vote need none (strategy voting).';
    problems.push(problem(message, 'arbiter', 'strategy'));
  }
  if (members.length > MAX_SHOWN_ANSWERS) {
    const message = `It has ${members.length} members, and an arbiter can be shown ${MAX_SHOWN_ANSWERS} answers.`;
    problems.push(problem(message, 'members'));
  }
  return problems;
}

function referenceOf(id: string): string {
  const at = id.lastIndexOf('#');
  return at < 0 ? id : id.slice(0, at);
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 1;
}

function problem(
  message: string,
  ...keys: readonly [DefinitionKey, ...DefinitionKey[]]
): DefinitionProblem {
  return { keys, message };
}
