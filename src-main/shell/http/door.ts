// The request listener of the loopback door: admits a request, then hands it to the area it is for.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { findAsset } from './assets.ts';
import { findExport } from './exports.ts';
import { admit } from './gate.ts';
import { readJsonBody } from './json-body.ts';
import { findPack } from './packs.ts';
import type { Procedures, ReadRequest } from './procedures.ts';
import { refuse, type Area, type Refusal } from './refusal.ts';
import { securityHeaders } from './security-headers.ts';
import { unknownFailure, type FailureLog } from './unknown-failure.ts';

export type Door = {
  port: number;
  token: string;
  procedures: Procedures;
  rendererDirectory: string;
  packsDirectory: string;
  exportsDirectory: string;
  log: FailureLog;
};

const notFound: Refusal = {
  status: 404,
  code: 'NOT_FOUND',
  message: 'There is nothing at this address of the workstation.',
};

export async function answer(door: Door, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const admission = admit(
    { method: request.method ?? '', target: request.url ?? '', headers: request.headers },
    door,
  );
  const { area, pathname } = admission;
  if (!admission.admitted) return refuse(response, area, admission.refusal);
  try {
    const answered =
      area === 'page'
        ? await sendAsset(door, pathname, response)
        : area === 'packs'
          ? await sendPack(door, pathname, response)
          : area === 'exports'
            ? await sendExport(door, pathname, response)
            : await answerProcedure(door, area, pathname, request, response);
    if (!answered) refuse(response, area, notFound);
  } catch (error) {
    failVisibly(door, area, response, error);
  }
}

async function answerProcedure(
  door: Door,
  area: 'rpc' | 'rest',
  pathname: string,
  request: ReadRequest,
  response: ServerResponse,
): Promise<boolean> {
  setHeaders(response, { 'cache-control': 'no-store' });
  if (area === 'rest' && pathname === '/api/openapi.json' && request.method === 'GET') {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(await door.procedures.describe()));
    return true;
  }
  if (request.method !== 'GET') {
    const body = await readJsonBody(request);
    if ('refusal' in body) {
      refuse(response, area, body.refusal);
      request.resume();
      return true;
    }
    request.body = body.value;
  }
  return door.procedures[area](request, response);
}

async function sendAsset(door: Door, pathname: string, response: ServerResponse): Promise<boolean> {
  const asset = await findAsset(door.rendererDirectory, pathname);
  if (asset === null) return false;
  await sendFile(asset.file, response, {
    'content-type': asset.contentType,
    'cache-control': asset.cacheControl,
  });
  return true;
}

async function sendPack(door: Door, pathname: string, response: ServerResponse): Promise<boolean> {
  const name = pathname.slice('/packs/'.length);
  const file = await findPack(door.packsDirectory, name);
  if (file === null) return false;
  await sendFile(file, response, {
    // Never as HTML: what is served as a page from here would be one of ours.
    'content-type': name.endsWith('.zip') ? 'application/zip' : 'application/octet-stream',
    'content-disposition': `attachment; filename="${name}"`,
    'cache-control': 'no-store',
  });
  return true;
}

async function sendExport(door: Door, pathname: string, response: ServerResponse): Promise<boolean> {
  const name = pathname.slice('/exports/'.length);
  const found = await findExport(door.exportsDirectory, name);
  if (found === null) return false;
  await sendFile(found.file, response, {
    'content-type': found.contentType,
    'content-disposition': `attachment; filename="${name}"`,
    'cache-control': 'no-store',
  });
  return true;
}

async function sendFile(
  file: string,
  response: ServerResponse,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  const { size } = await stat(file);
  setHeaders(response, headers);
  response.writeHead(200, { 'content-length': size });
  if (response.req.method === 'HEAD') {
    response.end();
    return;
  }
  await pipeline(createReadStream(file), response);
}

/** A failure after the first byte cannot be told in words any more; the connection is cut so that nobody trusts half a file. */
function failVisibly(door: Door, area: Area, response: ServerResponse, error: unknown): void {
  if (isGoneClient(error)) return;
  const shown = unknownFailure(error, door.log);
  if (response.headersSent) response.destroy();
  else refuse(response, area, { status: shown.status, code: shown.code, message: shown.message });
}

function isGoneClient(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ECONNRESET' || code === 'EPIPE';
}

function setHeaders(response: ServerResponse, headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries({ ...securityHeaders, ...headers }))
    response.setHeader(name, value);
}
