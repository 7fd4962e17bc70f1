// Answers a request for app://bundle/… from the built renderer: reading only, contained, with every security header.
import { readFile } from 'node:fs/promises';
import { findAsset } from '../http/assets.ts';
import { securityHeaders } from '../http/security-headers.ts';
import { isBundleAddress } from './bundle-address.ts';

export async function answerBundleRequest(
  request: { url: string; method: string },
  rendererDirectory: string,
): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return sealed(null, 405, { allow: 'GET, HEAD' });
  if (!isBundleAddress(request.url)) return sealed(null, 404);
  const asset = await findAsset(rendererDirectory, new URL(request.url).pathname);
  if (asset === null) return sealed(null, 404);
  const body = request.method === 'HEAD' ? null : new Uint8Array(await readFile(asset.file));
  return sealed(body, 200, { 'content-type': asset.contentType, 'cache-control': asset.cacheControl });
}

function sealed(
  body: Uint8Array<ArrayBuffer> | null,
  status: number,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(body, {
    status,
    headers: { ...securityHeaders, 'cache-control': 'no-store', ...headers },
  });
}
