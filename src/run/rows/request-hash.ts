import { hash } from 'node:crypto';
import type { GenerateRequest } from '../../core/model.ts';

/**
 * 64 bits of a hash of what is asked of a model, in hexadecimal: it guards the name of a saved answer, so that a
 * workflow that has changed does not take an answer to another question.
 */
export function requestHash(model: string, request: GenerateRequest): string {
  return hash('sha256', requestText(model, request)).slice(0, 16);
}

function requestText(model: string, request: GenerateRequest): string {
  const { messages, parameters, choices, mode = 'chat', safetyFilter = null, schema } = request;
  try {
    // Without a schema it is what earlier versions wrote.
    return schema === undefined
      ? JSON.stringify([model, messages, parameters, choices, mode, safetyFilter])
      : JSON.stringify([model, messages, parameters, choices, mode, safetyFilter, schema]);
  } catch {
    // What is no JSON cannot be sent either: its answer is an error, which may be kept.
    return model;
  }
}
