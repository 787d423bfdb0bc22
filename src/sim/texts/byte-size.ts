const UNIT_BYTES: Readonly<Record<string, number>> = { B: 1, kB: 1000, MB: 1_000_000, GB: 1e9 };

/** Reads `64B`, `20kB`, `200MB` or `1GB` as bytes; undefined when it is none of them. */
export function parseBytes(text: string): number | undefined {
  const match = /^(\d+)(B|kB|MB|GB)$/.exec(text);
  return match ? Number(match[1]) * (UNIT_BYTES[match[2] ?? ''] ?? Number.NaN) : undefined;
}
