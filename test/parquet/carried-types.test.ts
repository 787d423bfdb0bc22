import { join } from 'node:path';
import { expect, it } from 'vitest';
import { prepareMap } from '../../src/runtime/actions/map.ts';
import { pythonHas, runPython } from '../support/other-python.ts';
import { sampleEngine } from '../support/sample-engine.ts';

const IS_THERE = pythonHas('pyarrow');

/** Tables of every type, random values with the least and the greatest among them, nulls, and lists of all of that. */
const MAKE = `
import decimal, random, struct, pyarrow as pa, pyarrow.parquet as pq
random.seed(11)
N = 700
def whole(least, most):
    return lambda: random.choice([least, most, 0, 1, random.randint(least, most)])
def single():
    value = struct.unpack('<f', struct.pack('<I', random.getrandbits(32)))[0]
    return random.choice([value if value == value else 0.5, -0.0, 0.0, 0.1, float('inf')])
def dec(precision, scale):
    def make():
        most = 10 ** precision - 1
        value = random.choice([most, -most, 0, random.randint(-most, most)])
        return decimal.Decimal((int(value < 0), tuple(map(int, str(abs(value)))), -scale))
    return make
kinds = {
    'bool': (pa.bool_(), lambda: random.random() < 0.5),
    'text': (pa.string(), lambda: random.choice(['', 'null', '12', '{"a":1}', 'é\\n🦜', '2024-01-01'])),
    'float': (pa.float32(), single),
    'double': (pa.float64(), random.random),
    'date': (pa.date32(), whole(-3_000_000, 40_000_000)),
    'date64': (pa.date64(), lambda: 86_400_000 * random.randint(-10**6, 10**6)),
}
for bits in (8, 16, 32, 64):
    kinds[f'int{bits}'] = (getattr(pa, f'int{bits}')(), whole(-2**(bits - 1), 2**(bits - 1) - 1))
    kinds[f'uint{bits}'] = (getattr(pa, f'uint{bits}')(), whole(0, 2**bits - 1))
for unit, most, day in (('s', 10**11, 86_400), ('ms', 10**14, 86_400_000), ('us', 2**62, 86_400 * 10**6), ('ns', 2**63 - 1, 86_400 * 10**9)):
    for zone in (None, 'UTC', 'Europe/Berlin'):
        kinds[f'timestamp {unit} {zone}'] = (pa.timestamp(unit, zone), whole(-most, most))
    kinds[f'time {unit}'] = ((pa.time32 if unit in ('s', 'ms') else pa.time64)(unit), whole(0, day - 1))
for precision, scale in ((1, 0), (5, 2), (18, 4), (38, 37), (50, 10), (76, 76)):
    kind = pa.decimal128 if precision <= 38 else pa.decimal256
    kinds[f'decimal {precision} {scale}'] = (kind(precision, scale), dec(precision, scale))
def column(kind, make, count):
    values = [None if random.random() < 0.2 else make() for _ in range(count)]
    if pa.types.is_temporal(kind):
        return pa.array(values, pa.int32() if kind.bit_width == 32 else pa.int64()).view(kind)
    return pa.array(values, kind)
def lists(kind, make):
    ends = [0]
    for _ in range(N):
        ends.append(ends[-1] + random.choice([0, 1, 3]))
    starts = [None if random.random() < 0.2 and ends[at] == ends[at + 1] else ends[at] for at in range(N)]
    return pa.ListArray.from_arrays(pa.array(starts + ends[-1:], pa.int32()), column(kind, make, ends[-1]))
columns = {'k': pa.array([1] * N)}
for name, (kind, make) in kinds.items():
    columns[name] = column(kind, make, N)
    columns['list ' + name] = lists(kind, make)
table = pa.table(columns)
pq.write_table(table, 'in.parquet', row_group_size=300)
with pa.ipc.new_file('in.arrow', table.schema) as writer:
    writer.write_table(table, max_chunksize=300)
`;

/** Says what is not as it was: Parquet has no seconds, no days in milliseconds, and of zones only UTC. */
const CHECK = `
import pyarrow as pa, pyarrow.parquet as pq
def read(name):
    return pq.read_table(name, use_threads=False) if name.endswith('parquet') else pa.ipc.open_file(name).read_all()
def as_parquet(kind):
    if pa.types.is_list(kind): return pa.list_(as_parquet(kind.value_type))
    if pa.types.is_timestamp(kind): return pa.timestamp('ms' if kind.unit == 's' else kind.unit, kind.tz and 'UTC')
    if pa.types.is_time32(kind): return pa.time32('ms')
    return pa.date32() if pa.types.is_date64(kind) else kind
def compared(column):
    return str(column.to_pylist()) if 'float' in str(column.type) else column.combine_chunks()
for before in ('parquet', 'arrow'):
    source = read(f'in.{before}')
    for after in ('parquet', 'arrow'):
        made = read(f'{before}.{after}')
        made.validate(full=True)
        assert made.schema.names == source.schema.names
        for name in source.schema.names:
            kind = source.schema.field(name).type
            if 'parquet' in (before, after): kind = as_parquet(kind)
            if made.schema.field(name).type != kind: print(before, after, name, made.schema.field(name).type)
            elif compared(source[name].cast(kind)) != compared(made[name]): print(before, after, name, 'values')
print('compared', len(source.schema.names))
`;

it.skipIf(!IS_THERE)(
  'columns that map carries are to pyarrow what they were, in all types',
  { timeout: 120_000 },
  async () => {
    const { context, folder } = sampleEngine();
    runPython(folder, MAKE);
    for (const before of ['parquet', 'arrow']) {
      for (const after of ['parquet', 'arrow']) {
        const file = join(folder, `in.${before}`);
        const output = join(folder, `${before}.${after}`);
        const map = await prepareMap(context, { file, output, keep: 'k == 1' });
        if ('finished' in map) await map.makeAgain();
      }
    }
    expect(runPython(folder, CHECK)).toBe('compared 73\n');
  },
);
