// What the loopback door answers when it does not let a request through: a status, a code and a sentence.
import type { ServerResponse } from 'node:http';
import { securityHeaders } from './security-headers.ts';

export type Refusal = {
  status: number;
  code: string;
  message: string;
  headers?: Readonly<Record<string, string>>;
};

/** Which of the door's five areas a path belongs to; each has its own callers and so its own form of answer. */
export type Area = 'rpc' | 'rest' | 'packs' | 'exports' | 'page';

export function areaOf(pathname: string): Area {
  if (isBelow(pathname, '/rpc')) return 'rpc';
  if (isBelow(pathname, '/api')) return 'rest';
  if (isBelow(pathname, '/packs')) return 'packs';
  return isBelow(pathname, '/exports') ? 'exports' : 'page';
}

/** Ends the response with the refusal, in the form a client of this area can read. */
export function refuse(response: ServerResponse, area: Area, refusal: Refusal): void {
  const { status, code, message } = refusal;
  const error = { defined: false, code, status, message };
  const body =
    area === 'rpc'
      ? JSON.stringify({ json: error, meta: [] })
      : area === 'page'
        ? message
        : JSON.stringify(error);
  response.writeHead(status, {
    ...securityHeaders,
    ...refusal.headers,
    'cache-control': 'no-store',
    'content-type': area === 'page' ? 'text/plain; charset=utf-8' : 'application/json',
    // The rest of an unwanted body is not worth reading, so the connection is not kept.
    connection: 'close',
  });
  response.end(body);
}

function isBelow(pathname: string, prefix: string): boolean {
  return pathname === prefix || pathname.startsWith(`${prefix}/`);
}
