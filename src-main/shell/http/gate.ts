// Decides from the request line and headers alone whether the loopback door lets a request in.
import type { IncomingHttpHeaders } from 'node:http';
import { areaOf, type Area, type Refusal } from './refusal.ts';
import { isSameToken, tokenHeader } from './token.ts';

/** Large enough for a pack handed over as base64, small enough to hold in memory. */
export const bodyLimitBytes = 96 * 1024 * 1024;

export type RequestLine = {
  method: string;
  /** The request target as sent. */
  target: string;
  headers: IncomingHttpHeaders;
};
export type Admission = { area: Area; pathname: string } & (
  { admitted: true } | { admitted: false; refusal: Refusal }
);

const methods: Readonly<Record<Area, readonly string[]>> = {
  rpc: ['POST'],
  rest: ['GET', 'POST', 'PUT', 'DELETE'],
  packs: ['GET', 'HEAD'],
  exports: ['GET', 'HEAD'],
  page: ['GET', 'HEAD'],
};

/** The first reason to refuse wins; a stranger learns nothing about tokens before host and origin fit. */
export function admit(request: RequestLine, door: { port: number; token: string }): Admission {
  const pathname = request.target.split(/[?#]/, 1)[0] ?? '';
  const area = areaOf(pathname);
  const refusal =
    refuseTarget(request.target) ??
    refuseStranger(request.headers, door.port) ??
    refuseMethod(request.method, area) ??
    (area === 'page' ? null : refuseToken(request.headers, door.token)) ??
    refuseBody(request);
  return refusal === null ? { area, pathname, admitted: true } : { area, pathname, admitted: false, refusal };
}

/** A proxy-style or protocol-relative target would name a host of its own. */
function refuseTarget(target: string): Refusal | null {
  if (target.startsWith('/') && !target.startsWith('//')) return null;
  return { status: 400, code: 'BAD_REQUEST', message: 'This address is not one of the workstation.' };
}

function refuseStranger(headers: IncomingHttpHeaders, port: number): Refusal | null {
  const own = [`127.0.0.1:${port}`, `localhost:${port}`];
  const site = headers['sec-fetch-site'];
  const isOurHost = headers.host !== undefined && own.includes(headers.host);
  const isOurOrigin = headers.origin === undefined || headers.origin === `http://${headers.host}`;
  const isOurSite = site === undefined || site === 'same-origin' || site === 'none';
  if (isOurHost && isOurOrigin && isOurSite) return null;
  return {
    status: 403,
    code: 'FORBIDDEN',
    message:
      'The workstation answers only its own window. Open the address that was printed when it started.',
  };
}

function refuseMethod(method: string, area: Area): Refusal | null {
  if (methods[area].includes(method)) return null;
  const allow = methods[area].join(', ');
  return {
    status: 405,
    code: 'METHOD_NOT_SUPPORTED',
    message: `This address can only be asked with ${allow}.`,
    headers: { allow },
  };
}

function refuseToken(headers: IncomingHttpHeaders, token: string): Refusal | null {
  const offered = headers[tokenHeader];
  if (typeof offered === 'string' && isSameToken(offered, token)) return null;
  return {
    status: 401,
    code: 'UNAUTHORIZED',
    message:
      'This window does not belong to the running workstation. Open the address that was printed when it started.',
  };
}

function refuseBody({ method, headers }: RequestLine): Refusal | null {
  // What is deleted stands in the address; a body brings the reason, where one is needed.
  const carriesBody = headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
  if (method !== 'POST' && method !== 'PUT' && !(method === 'DELETE' && carriesBody)) return null;
  if (!/^application\/json *(?:; *charset=utf-8 *)?$/i.test(headers['content-type'] ?? ''))
    return {
      status: 415,
      code: 'UNSUPPORTED_MEDIA_TYPE',
      message: 'The workstation reads JSON only: send Content-Type: application/json.',
    };
  return Number(headers['content-length'] ?? 0) > bodyLimitBytes ? tooLarge : null;
}

export const tooLarge: Refusal = {
  status: 413,
  code: 'PAYLOAD_TOO_LARGE',
  message: `This is larger than the ${bodyLimitBytes / 1024 / 1024} MB the workstation accepts at once. Use the command line for larger packs.`,
};
