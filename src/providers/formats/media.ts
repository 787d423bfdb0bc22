import type { Media } from '../../core/answer-details.ts';
import { isJsonObject, type JsonObject } from '../../core/json.ts';
import { objectOf, textOf } from './json-reading.ts';

const DATA_ADDRESS = /^data:([^;,]{0,100})(?:;[^,]{0,200})?,/;

/** What is at an address; the data itself where the address holds it. */
function mediaAt(url: string): Media {
  const [head, mimeType] = DATA_ADDRESS.exec(url) ?? [];
  if (head === undefined) return { url };
  const data = url.slice(head.length);
  return mimeType ? { mimeType, data } : { data };
}

/** An image, a sound or a file as OpenAI and those who copy it write them; undefined if it is none. */
export function mediaOf(part: JsonObject): Media | undefined {
  const image = part.image_url ?? part.output_image ?? part.image;
  const url = textOf(image) ?? textOf(objectOf(image).url) ?? textOf(part.url);
  if (url !== null) return mediaAt(url);
  const base64 = textOf(part.b64_json) ?? textOf(objectOf(image).b64_json);
  if (base64 !== null) return { data: base64 };
  const sound = part.audio ?? part.output_audio ?? part.input_audio;
  return isJsonObject(sound) ? soundOf(sound) : undefined;
}

/** A sound with its words. */
export function soundOf({ data, transcript, format }: JsonObject): Media | undefined {
  const bytes = textOf(data);
  const words = textOf(transcript);
  if (bytes === null && words === null) return undefined;
  const kind = textOf(format);
  return {
    ...(kind !== null && { mimeType: `audio/${kind}` }),
    ...(bytes !== null && { data: bytes }),
    ...(words !== null && { transcript: words }),
  };
}
