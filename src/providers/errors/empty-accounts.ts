import type { VendorError } from './vendor-error.ts';

/** Codes, in lower case, that say whatever the status is that the account has nothing left. */
const CODES: ReadonlySet<string> = new Set([
  'insufficient_quota',
  'quota_exceeded',
  'billing_error',
  'billing_hard_limit_reached',
  'billing_not_active',
  'billing_disabled',
  'insufficient_balance',
  'insufficient_credits',
  'insufficient_funds',
  'insufficient_user_quota',
  'pre_consume_token_quota_failed',
  'credit_exhausted',
  'credit_balance_exhausted',
  'usage_limit_reached',
  'credits_exhausted',
  'creditserror',
  'access_terminated',
  'exceeded_current_quota_error',
  'daily_limit_exceeded',
  'payment_required',
  'arrearage',
  'accountoverdueerror',
  'accountquotaexceeded',
  'allocationquota.freetieronly',
  'failedoperation.resourcepackexhausted',
  'failedoperation.freeresourcepackexhausted',
  'budget_exceeded',
  'exceededbudget',
  // GLM (Zhipu, Z.ai) counts its errors.
  '1113',
  '1304',
  '1308',
  '1309',
  '1310',
]);

/** A limit that is renewed within a minute is no empty account, whatever else is said of it. */
const SHORT_WINDOW =
  /(?:\b(?:per|a)|\/)[ -]?(?:second|minute|min)\b|\b(?:RPM|TPM|RPS|QPS)\b|PerMinute/i;

/** What is counted by the day or longer does not come back while somebody waits. */
const LONG_WINDOW: readonly RegExp[] = [
  /(?:\b(?:per|a|each)|\/)[ -]?(?:day|week|month)\b/i,
  /\b(?:daily|weekly|monthly)\b.{0,40}\b(?:limit|quota|allowance|allocation|credits?|cap|budget|spend\w*)/i,
  /\b(?:limit|quota)s?\b.{0,30}\b(?:today|this month|for the (?:day|month))\b/i,
  /\((?:RPD|TPD)\)|PerDay|ByDay|\bper 86400 ?s/,
];

/** How services say in a text that an account, a budget or an allowance is used up. */
const USED_UP: readonly RegExp[] = [
  /\binsufficient (?:account )?(?:balance|credits?|funds|quota)\b/i,
  /\b(?:credit|account)s? balance (?:is )?(?:too low|insufficient|not enough|negative|zero)/i,
  /\bbalance is (?:insufficient|not enough|too low)/i,
  /\b(?:out of|no(?: more)?|not enough) credits?\b/i,
  /\bcredits?\b.{0,30}\b(?:used up|exhausted|expired|depleted|ran out|run out)\b/i,
  /\bused (?:up )?all (?:of )?(?:its|your|the)\b.{0,40}\b(?:credits?|quota|allocation|tokens)\b/i,
  /\bused up (?:its|your|the)\b.{0,40}\b(?:credits?|quota|allocation|allowance)\b/i,
  /\b(?:reached|exceeded|hit|over)\b.{0,40}\b(?:API usage|spend(?:ing)?|billing|credit|monthly|plan|hard|premium request)\b.{0,20}\b(?:limits?|caps?|quota|allowance)\b/i,
  /\b(?:spend(?:ing)?|billing|credit|budget|usage) (?:limits?|caps?) (?:(?:has been|have been|was|is) )?(?:exceeded|reached|hit)/i,
  /\bbudget (?:has been )?exceeded|\bexceeded (?:its |your |the )?budget\b/i,
  /\b(?:free tier|free quota|free trial|trial)\b.{0,60}\b(?:exhausted|used up|ended|expired)\b/i,
  /\baccount\b.{0,80}\b(?:suspended|overdue|in arrears)\b/i,
  /\btopp?(?:ing)?[ -]up your\b|\bpurchase (?:more )?credits\b/i,
  /余额不足|欠费|请充值|额度(?:已|不足)|配额已(?:用|耗)/,
];

/** The same, of texts that services with a code for a short limit also send for that. */
const CURRENT_QUOTA = /\bexceeded your current quota\b/i;

/** Services say it at once; what stands behind may be the request, said again. */
const MAX_SAID = 500;

/**
 * Tells whether an error says that an account, a budget or a day's allowance is used up.
 *
 * @param status the status it came with: a wrong request (400) may speak of days and months without meaning a limit
 */
export function isEmptyAccount(error: VendorError, status: number): boolean {
  const codes = error.codes.map((code) => code.toLowerCase());
  const message = error.message.slice(0, MAX_SAID);
  const isShort = SHORT_WINDOW.test(message);
  // Azure has the code of an empty account for a minute's limit, too.
  if (codes.some((code) => CODES.has(code) && !(isShort && AMBIGUOUS_CODES.has(code)))) return true;
  // Google names each quota that was hit.
  if (error.quotaIds.length > 0) return error.quotaIds.some((id) => /PerDay/.test(id));
  if (isShort) return false;
  if (codes.includes('token_quota_exceeded') || codes.includes('request_quota_exceeded'))
    return true;
  const comesBack = codes.some((code) => SHORT_LIMIT_CODES.has(code));
  if (!comesBack && CURRENT_QUOTA.test(message)) return true;
  return [...USED_UP, ...(status === 400 ? [] : LONG_WINDOW)].some((words) => words.test(message));
}

const AMBIGUOUS_CODES: ReadonlySet<string> = new Set(['insufficient_quota', 'quota_exceeded']);

/** Codes of limits that come back by themselves; a text has to say clearly that it is another one. */
const SHORT_LIMIT_CODES: ReadonlySet<string> = new Set([
  'rate_limit_exceeded',
  'rate_limit_error',
  'rate_limit_reached_error',
  'rate_limited',
  'too_many_requests',
  'resource_exhausted',
  'throttlingexception',
]);
