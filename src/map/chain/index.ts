export { askChain, type ChainAsking } from './ask-chain.ts';
export type { ChainNode } from './chain-node.ts';
export { ChainOutput, openDedupes, type StepModels } from './chain-output.ts';
export { type ChainColumns, type ChainPlan, type ChainStep, chainColumns } from './chain-plan.ts';
export { traceChain } from './chain-trace.ts';
