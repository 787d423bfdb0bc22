import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../core/json.ts';
import { readPart } from './read-part.ts';

const file = (path: string) => ({ at: 'file', path });
const url = 'https://example.com/a.png';
const PNG = 'iVBORw0KGgo=';
const data = `data:image/png;base64,${PNG}`;
const row = { at: 'row', base64: PNG, mediaType: 'image/png' };

describe('a part', () => {
  it.each<[string, JsonValue, object]>([
    [
      "OpenAI's",
      { type: 'image_url', image_url: { url: 'a.png', detail: 'low' }, x: 1 },
      { kind: 'image', source: file('a.png'), detail: 'low', others: { x: 1 } },
    ],
    [
      "OpenAI's with an address",
      { type: 'image_url', image_url: { url } },
      { own: ['openai-chat', 'mistral'], source: { at: 'url', url } },
    ],
    ["prompto's for OpenAI", { type: 'image_url', image_url: 'a.png' }, { source: file('a.png') }],
    [
      'with bytes in its address',
      { type: 'image_url', image_url: { url: data } },
      { source: row, kind: 'image' },
    ],
    [
      "OpenAI's sound",
      { type: 'input_audio', input_audio: { data: 'AAAA', format: 'mp3' } },
      {
        own: ['openai-chat', 'openai-responses'],
        kind: 'audio',
        mediaType: 'audio/mpeg',
        source: { at: 'row', base64: 'AAAA', mediaType: null },
      },
    ],
    [
      "OpenAI's sound of a file",
      { type: 'input_audio', input_audio: { data: 'sounds/a.mp3', format: 'mp3' } },
      { source: file('sounds/a.mp3') },
    ],
    [
      "OpenAI's file",
      { type: 'file', file: { filename: 'b.pdf', file_data: 'a.pdf' } },
      { own: ['openai-chat'], kind: null, name: 'b.pdf', source: file('a.pdf') },
    ],
    [
      "OpenAI's file that is kept",
      { type: 'file', file: { file_id: 'file-1' } },
      { own: ['openai-chat'], source: { at: 'vendor', id: 'file-1' } },
    ],
    [
      "the Responses API's image",
      { type: 'input_image', image_url: url, detail: 'high' },
      { own: ['openai-responses'], kind: 'image', detail: 'high', source: { at: 'url', url } },
    ],
    [
      "the Responses API's file",
      { type: 'input_file', file_url: url },
      { own: ['openai-responses'], source: { at: 'url', url } },
    ],
    [
      "the Responses API's kept image",
      { type: 'input_image', file_id: 'file-1' },
      { own: ['openai-responses'], kind: 'image', source: { at: 'vendor', id: 'file-1' } },
    ],
    [
      "Anthropic's bytes",
      { type: 'image', source: { type: 'base64', media_type: 'image/png', data: PNG } },
      { own: ['anthropic'], kind: 'image', mediaType: 'image/png' },
    ],
    [
      "Anthropic's address",
      { type: 'document', source: { type: 'url', url }, cache_control: {} },
      { own: ['anthropic'], kind: 'document', others: { cache_control: {} } },
    ],
    [
      "Anthropic's kept file",
      { type: 'document', source: { type: 'file', file_id: 'f' } },
      { own: ['anthropic'], source: { at: 'vendor', id: 'f' } },
    ],
    [
      "prompto's for Anthropic",
      { type: 'image', source: { media: 'a.jpg', media_type: 'image/jpeg' } },
      { own: [], kin: ['anthropic'], mediaType: 'image/jpeg', source: file('a.jpg') },
    ],
    [
      "Gemini's bytes",
      { inlineData: { mimeType: 'image/png', data: PNG } },
      { own: ['gemini'], kind: null, mediaType: 'image/png' },
    ],
    [
      "Gemini's address, in the other spelling",
      { file_data: { mime_type: 'video/mp4', file_uri: 'gs://b/v' }, videoMetadata: { fps: 1 } },
      { own: ['gemini'], source: { at: 'url', url: 'gs://b/v' }, mediaType: 'video/mp4' },
    ],
    [
      "prompto's for Gemini",
      { type: 'image', media: 'a.jpg' },
      { own: [], kin: ['gemini'], kind: 'image', source: file('a.jpg') },
    ],
    [
      "prompto's uploaded one",
      { type: 'video', media: 'a.mp4', uploaded_filename: 'files/x' },
      { kind: 'video', source: { at: 'uploaded', name: 'files/x', instead: file('a.mp4') } },
    ],
    [
      "prompto's for Vertex AI",
      { type: 'uri', media: 'gs://b/a', mime_type: 'audio/mp3' },
      { kind: null, source: { at: 'url', url: 'gs://b/a' }, mediaType: 'audio/mp3' },
    ],
    [
      "Mistral's document",
      { type: 'document_url', document_url: url, document_name: 'n' },
      { own: ['mistral'], kind: 'document', name: 'n' },
    ],
    [
      "Mistral's sound",
      { type: 'input_audio', input_audio: 'https://example.com/a.mp3' },
      { own: ['mistral'], kind: 'audio' },
    ],
    [
      "the AI SDK's image",
      { type: 'image', image: 'a.png' },
      { kind: 'image', source: file('a.png') },
    ],
    [
      "the AI SDK's image of bytes",
      { type: 'image', image: PNG },
      { source: { at: 'row', base64: PNG, mediaType: null } },
    ],
    [
      "the AI SDK's image of a file without a dot",
      { type: 'image', image: 'cats/cat' },
      { source: file('cats/cat') },
    ],
    [
      "the AI SDK's file",
      { type: 'file', data: 'a.pdf', mediaType: 'application/pdf', filename: 'b.pdf' },
      { own: [], name: 'b.pdf', mediaType: 'application/pdf', source: file('a.pdf') },
    ],
    [
      "the AI SDK's tagged file",
      { type: 'file', data: { type: 'url', url }, mediaType: 'image/*' },
      { source: { at: 'url', url } },
    ],
    [
      "OpenAI's with base64 where an address belongs",
      { type: 'image_url', image_url: { url: PNG } },
      { own: [], kin: ['openai-chat', 'mistral'], source: { at: 'row', base64: PNG } },
    ],
    [
      "OpenAI's of a file whose name begins as base64 of a sound does",
      { type: 'image_url', image_url: { url: 'SUQzAAAA.png' } },
      { source: file('SUQzAAAA.png') },
    ],
    [
      'with an address that lacks its first word',
      { type: 'image_url', image_url: { url: `image/png;base64,${PNG}` } },
      { own: [], source: row },
    ],
    [
      "OpenAI's sound with an address where base64 belongs",
      { type: 'input_audio', input_audio: { data: 'data:audio/wav;base64,AAAA', format: 'wav' } },
      { own: [], kin: ['openai-chat', 'openai-responses'], mediaType: 'audio/wav' },
    ],
    [
      "OpenAI's sound with a media type as its format",
      { type: 'input_audio', input_audio: { data: 'a.wav', format: 'audio/x-wav' } },
      { mediaType: 'audio/wav' },
    ],
    [
      "OpenAI's file of bytes with a name",
      { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,AAAA' } },
      { own: ['openai-chat'], name: 'a.pdf' },
    ],
    [
      "OpenAI's file of bytes without a name",
      { type: 'file', file: { file_data: 'data:application/pdf;base64,AAAA' } },
      { own: [], kin: ['openai-chat'] },
    ],
    [
      "OpenAI's file with base64 where an address belongs",
      { type: 'input_file', filename: 'a.pdf', file_data: 'AAAA' },
      { own: [], kin: ['openai-responses'], source: { at: 'row', base64: 'AAAA' } },
    ],
    [
      "Anthropic's with an address where base64 belongs",
      { type: 'image', source: { type: 'base64', media_type: 'image/png', data } },
      { own: [], kin: ['anthropic'], source: row },
    ],
    [
      "Anthropic's with such an address without its first word",
      { type: 'image', source: { type: 'base64', data: `image/png;base64,${PNG}` } },
      { own: [], source: row },
    ],
    [
      "Gemini's with an address where base64 belongs",
      { inlineData: { mimeType: 'image/png', data } },
      { own: [], kin: ['gemini'], source: row },
    ],
    [
      "LangChain's older one",
      { type: 'image', source_type: 'base64', data: PNG, mime_type: 'image/png' },
      { own: [], kind: 'image', mediaType: 'image/png', source: { at: 'row' }, others: {} },
    ],
    [
      "LangChain's of an address",
      { type: 'audio', url: 'https://example.com/a.mp3' },
      { kind: 'audio', source: { at: 'url' } },
    ],
    [
      "LangChain's newer one",
      { type: 'file', base64: 'a.pdf', mime_type: 'application/pdf' },
      { kind: null, mediaType: 'application/pdf', source: file('a.pdf') },
    ],
    [
      "LangChain's for Gemini",
      { type: 'media', mime_type: 'video/mp4', file_uri: 'gs://b/v' },
      { kind: null, mediaType: 'video/mp4', source: { at: 'url', url: 'gs://b/v' } },
    ],
    [
      'of a video server',
      { type: 'video_url', video_url: { url } },
      { own: ['openai-chat', 'mistral'], kind: 'video' },
    ],
  ])('%s is read', (_, part, expected) => {
    expect(readPart(part)).toMatchObject(expected);
  });

  it.each<JsonValue>([
    'a text',
    7,
    null,
    ['a'],
    { type: 'text', text: 'a' },
    { type: 'text', media: 'a text that prompto calls so' },
    { type: 'image_url' },
    { type: 'image_url', image_url: 7 },
    { type: 'image_url', image_url: { url: '' } },
    { type: 'tool_use', id: 'a', name: 'b', input: {} },
    { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'a' } },
    { functionCall: { name: 'f' } },
    { type: 'file', file_id: 'x' },
    { type: 'media', kind: 'image', sha256: 'a' },
  ])('%j shows nothing that is known', (part) => {
    expect(readPart(part)).toBeNull();
  });
});
