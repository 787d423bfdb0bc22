"""Writes test/arrow/fixtures with pyarrow 26 and polars 2.1: pip install pyarrow polars; python make-fixtures.py"""
import pathlib

import polars
import pyarrow as pa
import pyarrow.feather as feather
import pyarrow.parquet as pq

HERE = pathlib.Path(__file__).parent
FOLDER = HERE / "fixtures"
FOLDER.mkdir(exist_ok=True)

# The same values as in Parquet; types that only Arrow has behind them.
TYPES = pq.read_table(HERE.parent / "parquet" / "fixtures" / "types-none-v1.parquet")
for name, kind in {"small": pa.uint32(), "large": pa.large_string(), "half": pa.float16(), "date": pa.date32()}.items():
    assert TYPES.schema.field(name).type == kind, (name, TYPES.schema.field(name).type)


def file(table, name, **options):
    with pa.ipc.new_file(FOLDER / name, table.schema, options=pa.ipc.IpcWriteOptions(**options)) as writer:
        writer.write_table(table, max_chunksize=2)


file(TYPES, "types.arrow")
file(TYPES, "types-lz4.arrow", compression="lz4")
file(TYPES, "types-zstd.arrow", compression="zstd")
with pa.ipc.new_stream(FOLDER / "types.arrows", TYPES.schema) as writer:
    writer.write_table(TYPES, max_chunksize=1)

ONLY = pa.table(
    {
        "view": pa.array(["short", "longer than the twelve bytes that are inline", None], pa.string_view()),
        "fixed": pa.array([[1, 2], None, [3, None]], pa.list_(pa.int16(), 2)),
        "larges": pa.array([["a"], [], None], pa.large_list(pa.string())),
        "seconds": pa.array([1, None, 86_399], pa.time32("s")),
        "days": pa.array([0, 86_400_000, None], pa.date64()),
        "span": pa.array([5, None, -1], pa.duration("us")),
        "tiny": pa.array([127, -128, None], pa.int8()),
        "words": pa.array(["x", None, "y"]).dictionary_encode(),
        "numbers": pa.DictionaryArray.from_arrays(pa.array([1, 0, None], pa.int8()), pa.array([2**60, 7], pa.int64())),
    }
)
file(ONLY, "only-arrow.arrow")

# Dictionaries that grow from batch to batch, as a stream may have them.
CATEGORY = pa.schema([("c", pa.dictionary(pa.int8(), pa.string()))])
with pa.ipc.new_stream(FOLDER / "deltas.arrows", CATEGORY, options=pa.ipc.IpcWriteOptions(emit_dictionary_deltas=True)) as writer:
    for words in [["a"], ["a", "b"], ["a", "b", "c"]]:
        column = pa.DictionaryArray.from_arrays(pa.array([len(words) - 1, 0], pa.int8()), pa.array(words))
        writer.write_batch(pa.record_batch([column], schema=CATEGORY))

ROWS = pa.table({"id": range(20), "prompt": [f"question {i} ünï" * (i % 4) for i in range(20)]})
feather.write_feather(ROWS, FOLDER / "rows.feather", chunksize=7)
file(ROWS.slice(0, 0), "no-rows.arrow")
feather.write_feather(ROWS, FOLDER / "version-1.feather", version=1)

# What is refused.
file(pa.table({"id": [1], "b": [b"x"], "u": pa.array([b"12"], pa.binary(2)), "s": [{"a": b"q"}]}), "binary.arrow")
file(pa.table([pa.array([1]), pa.array(["x"]), pa.array([2])], names=["a", "b", "a"]), "same-name.arrow")

# Polars 2.1 leaves out the marks of the first message of a file.
polars.DataFrame({"id": [1, 2, 3], "q": ["a", "b", "c"]}).write_ipc(FOLDER / "polars.arrow", compression="zstd")
