import type { Table } from 'apache-arrow';
import { parseExactJson } from '../../core/exact-json.ts';
import type { JsonObject } from '../../core/json.ts';
import { ArrowProblem } from './arrow-problem.ts';
import { fieldText, tellTwice, writtenValue } from './field-text.ts';
import { RowRoom } from './row-room.ts';

export { toldOf } from './arrow-problem.ts';

/** The rows of a table in memory as objects, with the values that a file of it would give. @throws ArrowProblem */
export function* tableObjects({ schema, batches }: Table): Generator<JsonObject, void> {
  const { fields } = schema;
  const problems = new Set<string>();
  tellTwice(fields, '', problems);
  const texts = fields.map((field) => fieldText(field, field.name, problems));
  if (problems.size > 0) throw new ArrowProblem([...problems].join('; it '));
  const starts = fields.map(({ name }) => `${JSON.stringify(name)}:`);
  const room = new RowRoom();
  for (const { data, numRows } of batches) {
    for (let row = 0; row < numRows; row++) {
      room.begin();
      const members = texts.map((text, column) => {
        const written = writtenValue(text, data.children[column]!, row, room);
        const value = written !== null && text.isText ? JSON.stringify(written) : written;
        return `${starts[column]}${value ?? 'null'}`;
      });
      if (room.problem !== null) throw new ArrowProblem(room.problem);
      yield parseExactJson(`{${members.join(',')}}`) as JsonObject;
    }
  }
}
