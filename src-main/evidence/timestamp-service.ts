// Sends one request to the configured timestamp service, and to nobody else; the reply is bounded in size and time.
import { Problem } from '#shared/model/problem.ts';
import { largestReplyBytes } from './timestamp-token.ts';

export type TimestampService = {
  /** http: or https:, without a user name or password. */
  readonly url: string;
  readonly timeoutMs: number;
};

export const defaultTimestampTimeoutMs = 15_000;

/** @throws Problem `invalid-input` */
export function assertServiceAddress(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url && ['http:', 'https:'].includes(url.protocol) && url.username === '' && url.password === '') {
    url.hash = '';
    return url.href;
  }
  throw new Problem('invalid-input', 'This is not the address of a timestamp service. Nothing was changed.', {
    next: 'Give an address that begins with https:// or http:// and holds no user name or password.',
  });
}

const refuse = (what: string, cause?: unknown) =>
  new Problem('refused', `The timestamp service ${what}. Nothing was added to the pack.`, {
    next: 'Check the address and the network, then try again. The pack is complete without a timestamp.',
    cause,
  });

async function readBounded(body: ReadableStream<Uint8Array> | null): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of body ?? []) {
    length += part.length;
    if (length > largestReplyBytes) throw refuse('sent more than any timestamp has');
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/**
 * Sends a TimeStampReq and returns the bytes of the reply, unchecked. Redirects are not followed: they lead elsewhere.
 * @throws Problem `refused`
 */
export async function askTimestampService(
  service: TimestampService,
  request: Uint8Array,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const timeout = AbortSignal.timeout(service.timeoutMs);
  try {
    const response = await fetch(assertServiceAddress(service.url), {
      method: 'POST',
      headers: { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' },
      body: Buffer.from(request),
      redirect: 'manual',
      signal: signal ? AbortSignal.any([timeout, signal]) : timeout,
    });
    const type = response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
    if (response.status !== 200 || type !== 'application/timestamp-reply') {
      await response.body?.cancel();
      const isElsewhere = response.status >= 300 && response.status < 400;
      throw refuse(isElsewhere ? 'sends us to another address' : 'did not answer with a timestamp');
    }
    return await readBounded(response.body);
  } catch (cause) {
    if (cause instanceof Problem) throw cause;
    if (signal?.aborted === true) throw signal.reason;
    throw refuse(timeout.aborted ? 'did not answer in time' : 'cannot be reached', cause);
  }
}
