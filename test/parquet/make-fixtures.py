"""Writes test/parquet/fixtures with pyarrow 26 and DuckDB 2: pip install pyarrow duckdb; python make-fixtures.py"""
import datetime
import decimal
import pathlib

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

FOLDER = pathlib.Path(__file__).parent / "fixtures"
D = decimal.Decimal
day = datetime.date

TYPES = pa.table(
    {
        "id": pa.array([1, 2**60, -(2**63)], pa.int64()),
        "unsigned": pa.array([2**64 - 1, 0, None], pa.uint64()),
        "small": pa.array([2**32 - 1, 0, None], pa.uint32()),
        "prompt": pa.array(["hi", '🦜\n"x"', ""]),
        "large": pa.array(["a", None, "b"], pa.large_string()),
        "double": pa.array([1.5, float("nan"), None], pa.float64()),
        "limits": pa.array([float("inf"), float("-inf"), -0.0], pa.float64()),
        "single": pa.array([0.1, 1e30, None], pa.float32()),
        "half": pa.array([0.5, -1.25, None], pa.float16()),
        "decimal": pa.array([D("1.50"), D("-0.01"), None], pa.decimal128(20, 2)),
        "wide": pa.array([D("12345678901234567890123456789.123456789"), D("-1E-9"), None], pa.decimal256(60, 9)),
        "micros": pa.array([1, 1_500_000, None], pa.timestamp("us", tz="UTC")),
        "nanos": pa.array([1, -1, None], pa.timestamp("ns")),
        "millis": pa.array([1_709_164_800_120, -62_135_596_800_000, None], pa.timestamp("ms")),
        "date": pa.array([day(2024, 2, 29), day(1, 1, 1), None]),
        "time": pa.array([1, 86_399_999_999, None], pa.time64("us")),
        "list": pa.array([[1, None, 3], [], None], pa.list_(pa.int32())),
        "lists": pa.array([[[1], [], None], [], None], pa.list_(pa.list_(pa.int32()))),
        "nans": pa.array([[float("nan"), 1.0], [], None], pa.list_(pa.float64())),
        "struct": pa.array(
            [{"a": 1, "b": None, "c": float("nan")}, {"a": None, "b": "x", "c": 2.5}, None],
            pa.struct([("a", pa.int8()), ("b", pa.string()), ("c", pa.float64())]),
        ),
        "empty": pa.array([{"a": None}, None, {"a": {"b": None}}], pa.struct([("a", pa.struct([("b", pa.int8())]))])),
        "map": pa.array([[("k", 1), ("z", None)], [], None], pa.map_(pa.string(), pa.int32())),
        "numbers": pa.array([[(7, ["x"])], [], None], pa.map_(pa.int32(), pa.list_(pa.string()))),
        "structs": pa.array(
            [[{"a": [1, 2]}, {"a": None}, None], [], None],
            pa.list_(pa.struct([("a", pa.list_(pa.int16()))])),
        ),
        "truth": pa.array([True, False, None]),
        "nothing": pa.array([None, None, None], pa.null()),
        "category": pa.array(["x", "y", "x"]).dictionary_encode(),
        "uuid": pa.array([bytes(range(16)), None, bytes(16)], pa.uuid()),
        "json": pa.array(['{"a": [1.0, null]}', "null", '"t"'], pa.json_()),
        "__proto__": pa.array(["p", None, "q"]),
    }
)


def write(table, name, **options):
    pq.write_table(table, FOLDER / f"{name}.parquet", **options)


FOLDER.mkdir(exist_ok=True)
for codec in ["none", "snappy", "gzip", "brotli", "zstd"]:
    write(TYPES, f"types-{codec}-v1", compression=codec)
write(TYPES, "types-zstd-v2", compression="zstd", data_page_version="2.0")
write(TYPES, "types-none-v2-plain", compression="none", data_page_version="2.0", use_dictionary=False)

# Every way of writing values, over several pages and groups of rows.
N = 3000
ENCODED = pa.table(
    {
        "plain": pa.array(range(N), pa.int64()),
        "delta32": pa.array([(i * 7919) % 1000 - 500 for i in range(N)], pa.int32()),
        "delta64": pa.array([(i * 7919) * (-1) ** i * 10**11 for i in range(N)], pa.int64()),
        "lengths": pa.array([None if i % 5 == 0 else f"text {i}" * (i % 3) for i in range(N)]),
        "prefixes": pa.array([f"https://example.org/{i // 10}/{i}" for i in range(N)]),
        "split32": pa.array([i / 4 for i in range(N)], pa.float32()),
        "split64": pa.array([None if i % 7 == 0 else i / 8 for i in range(N)], pa.float64()),
        "bits": pa.array([i % 3 == 0 for i in range(N)]),
        "dictionary": pa.array([f"word {i % 300}" for i in range(N)]),
        "nested": pa.array([[f"{i}-{k}" for k in range(i % 4)] for i in range(N)], pa.list_(pa.string())),
    }
)
ENCODINGS = {
    "plain": "PLAIN",
    "delta32": "DELTA_BINARY_PACKED",
    "delta64": "DELTA_BINARY_PACKED",
    "lengths": "DELTA_LENGTH_BYTE_ARRAY",
    "prefixes": "DELTA_BYTE_ARRAY",
    "split32": "BYTE_STREAM_SPLIT",
    "split64": "BYTE_STREAM_SPLIT",
    "bits": "RLE",
}
for version in ["1.0", "2.0"]:
    write(
        ENCODED,
        f"encodings-v{version[0]}",
        compression="zstd",
        data_page_version=version,
        use_dictionary=["dictionary"],
        column_encoding=ENCODINGS,
        data_page_size=512,
        write_batch_size=64,
        row_group_size=1024,
    )

write(
    pa.table({"old": pa.array([1, -1, None], pa.timestamp("ns"))}),
    "int96",
    use_deprecated_int96_timestamps=True,
)

# A row whose list goes over several pages.
write(
    pa.table({"id": [1, 2, 3], "items": [["a"], [f"item {i}" for i in range(500)], []]}),
    "long-list",
    use_dictionary=False,
    data_page_size=256,
    write_batch_size=16,
)

write(pa.table({"left": ["a", "b", "a"], "right": ["b", "a", "b"], "winner": ["left", "left", "tie"]}), "votes")
write(
    pa.table({"model": ["a", "b", "c"], "prompt": ["p"] * 3, "response": ["one", "two", None], "answer-status": ["ok", "ok", "error"]}),
    "answers",
)

# What is refused.
write(
    pa.table({"id": [1], "prompt": [b"x"], "fixed": pa.array([b"12"], pa.binary(2)), "deep": [{"a": b"q"}]}),
    "binary",
)
write(pa.table({"id": [1], "prompt": ["a"]}), "lz4", compression="lz4")
write(pa.table([pa.array([1]), pa.array(["x"]), pa.array([2])], names=["a", "b", "a"]), "same-name")
write(pa.table({"s": pa.StructArray.from_arrays([pa.array([1]), pa.array([2])], names=["a", "a"])}), "same-field")
write(pa.table({}), "no-columns")
write(TYPES.slice(0, 0), "no-rows")

duckdb.sql(
    f"""
    copy (select 1::hugeint h, 1.50::decimal(9,2) small, 'a' t, [1, null] l, {{'a': null, 'b': 'x'}} s, map {{'k': 2}} m,
      timestamp '2024-02-29 01:02:03.120' ts, timestamptz '2024-02-29 01:02:03+00' tz, date '2024-02-29' d,
      time '01:02:03.5' ti, uuid '00010203-0405-0607-0809-0a0b0c0d0e0f' u, 'x'::enum('x', 'y') e, '{{"a":1}}'::json j,
      255::utinyint n, true b)
    to '{FOLDER / "duckdb.parquet"}' (format parquet, compression zstd, parquet_version v2)
    """
)
