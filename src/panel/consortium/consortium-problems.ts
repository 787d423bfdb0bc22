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

/** Says all that is wrong with a consortium, a sentence each; nothing where it can be asked. */
export function consortiumProblems(definition: ConsortiumDefinition): readonly string[] {
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

function memberProblems({ members, quorum }: ConsortiumDefinition): string[] {
  if (members.length === 0) return ['It has no member.'];
  const problems: string[] = [];
  const ids = new Set<string>();
  for (const { id, weight } of members) {
    const shown = plainLine(id, 100);
    if (ids.has(id)) problems.push(`Two members have the id ${shown}.`);
    ids.add(id);
    if (weight === undefined || (weight > 0 && Number.isFinite(weight))) continue;
    problems.push(`The weight of ${shown} must be a number above 0.`);
  }
  if (!isCount(quorum)) problems.push('quorum must be a whole number from 1.');
  else if (quorum > members.length) {
    const has = members.length === 1 ? 'there is 1 member' : `there are ${members.length} members`;
    problems.push(`quorum is ${quorum}, and ${has}.`);
  }
  return problems;
}

function numberProblems(definition: ConsortiumDefinition): string[] {
  const { confidenceThreshold, maxIterations, minIterations, memberTimeoutMs } = definition;
  const problems: string[] = [];
  if (!(confidenceThreshold >= 0 && confidenceThreshold <= 1)) {
    problems.push('confidenceThreshold must be from 0 to 1, or from 0 to 100 per cent.');
  }
  const counts = { maxIterations, minIterations };
  for (const [name, value] of Object.entries(counts)) {
    if (!isCount(value)) problems.push(`${name} must be a whole number from 1.`);
  }
  if (minIterations > maxIterations) {
    problems.push(`minIterations is ${minIterations}, more than maxIterations, ${maxIterations}.`);
  }
  if (!(memberTimeoutMs > 0)) problems.push('memberTimeout must be more than 0.');
  return problems;
}

function strategyProblems({ strategies, members, judging }: ConsortiumDefinition): string[] {
  const problems: string[] = [];
  const found: Strategy[] = [];
  for (const chosen of strategies) {
    const strategy = strategyOf(chosen);
    if (strategy === undefined) {
      problems.push(unknownStrategy(chosen.name));
      continue;
    }
    if (found.includes(strategy)) problems.push(`The strategy ${strategy.name} is chosen twice.`);
    found.push(strategy);
    const { parameters, problems: wrong } = readParameters(strategy, chosen.parameters);
    problems.push(...wrong);
    if (strategy.name !== 'elimination' || wrong.length > 0) continue;
    if (Number(parameters.keep) > Math.max(1, members.length)) {
      problems.push(
        `keep of the strategy elimination is ${parameters.keep}, more than there are members.`,
      );
    }
  }
  const deciding = found.filter(({ decides }) => decides);
  const ranking = found.find(({ ranks }) => ranks);
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
  if (ranking && judging === 'pick-one') {
    problems.push(`${ranking.name} needs judging: rank, and it is pick-one.`);
  }
  return problems;
}

function unknownStrategy(name: string): string {
  const names = Object.keys(STRATEGIES);
  const nearest = nearestName(name, names);
  const meant = nearest === undefined ? '' : ` Did you mean ${nearest}?`;
  return `There is no strategy "${plainLine(name, 60)}".${meant} There are ${names.join(', ')}.`;
}

function extractProblems({ extract }: ConsortiumDefinition): string[] {
  if (extract === undefined || extract === null) return [];
  const extractor = answerExtractor(extract);
  return 'problem' in extractor ? [`extract ${extractor.problem}.`] : [];
}

function arbiterProblems({ arbiters, strategies, members }: ConsortiumDefinition): string[] {
  const decides = strategies.some((chosen) => strategyOf(chosen)?.decides);
  if (decides) return [];
  const problems: string[] = [];
  if (arbiters.length === 0) {
    problems.push('It has no arbiter: only members that vote need none (strategy voting).');
  }
  if (members.length > MAX_SHOWN_ANSWERS) {
    problems.push(
      `It has ${members.length} members, and an arbiter can be shown ${MAX_SHOWN_ANSWERS} answers.`,
    );
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
