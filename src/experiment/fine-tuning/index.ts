export { estimatedTokens, openTokenizer } from './tokenizer.ts';
export { type WrittenExamples, writeExamples } from './write-examples.ts';
