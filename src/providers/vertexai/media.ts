import type { MediaRules } from '../../core/media.ts';
import { GEMINI_MEDIA } from '../gemini/media.ts';

/** What Gemini can be told at Vertex AI, which keeps no files of its own: what is in Google's storage has an address. */
export const VERTEX_MEDIA: MediaRules = { form: 'gemini', kinds: GEMINI_MEDIA.kinds };
