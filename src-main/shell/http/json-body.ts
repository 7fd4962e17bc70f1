// Reads the JSON body of a request without ever holding more than the limit.
import type { IncomingMessage } from 'node:http';
import { tooLarge, bodyLimitBytes } from './gate.ts';
import type { Refusal } from './refusal.ts';

export type JsonBody = { value: unknown } | { refusal: Refusal };

/** An empty body counts as an empty object, so a script need not send `{}` to a procedure that asks nothing. */
export async function readJsonBody(request: IncomingMessage, limitBytes = bodyLimitBytes): Promise<JsonBody> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  // Leaving the loop must not tear down the connection the refusal is sent on.
  const stream: AsyncIterable<Uint8Array> = request.iterator({ destroyOnReturn: false });
  for await (const chunk of stream) {
    sizeBytes += chunk.length;
    if (sizeBytes > limitBytes) return { refusal: tooLarge };
    chunks.push(chunk);
  }
  if (sizeBytes === 0) return { value: {} };
  try {
    const value: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    return { value };
  } catch {
    return {
      refusal: {
        status: 400,
        code: 'BAD_REQUEST',
        message: 'The body is not valid JSON. Nothing was changed.',
      },
    };
  }
}
