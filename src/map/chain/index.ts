export { askChain, type ChainAsking } from './ask-chain.ts';
export type { ChainNode } from './chain-node.ts';
export { ChainOutput, openDedupes, type StepModels } from './chain-output.ts';
export { traceChain } from './chain-trace.ts';
