// What holds for calls unless somebody says otherwise. The table of options shows these numbers to users; programs
// that run workflows without settings get the same.

/** Tries of one call. */
export const DEFAULT_ATTEMPTS = 5;
/** Time for one attempt, of a streamed answer until its first piece. */
export const DEFAULT_TIMEOUT_MS = 300_000;
/** Longest silence of a streamed answer that has begun. */
export const DEFAULT_IDLE_TIMEOUT_MS = 120_000;
/** Longest wait that a server may ask of a lane before it is parked. */
export const DEFAULT_MAX_WAIT_MS = 60 * 60_000;
/** Equal final errors in a row that stop a lane. */
export const DEFAULT_STOP_AFTER = 10;
/** Calls in flight at once in one lane. */
export const DEFAULT_CONCURRENCY = 64;
