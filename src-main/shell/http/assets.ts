// Finds a file of the built renderer for a URL path, and nothing outside of it.
import { access, realpath, stat } from 'node:fs/promises';
import { extname, isAbsolute, join, relative, sep } from 'node:path';
import { Problem } from '#shared/model/problem.ts';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

export type Asset = { file: string; contentType: string; cacheControl: string };

/** @throws Problem `file-unreadable` when the renderer is not built. */
export async function requireRenderer(rendererDirectory: string): Promise<void> {
  try {
    await access(join(rendererDirectory, 'index.html'));
  } catch (cause) {
    throw new Problem('file-unreadable', 'The screens of the workstation have not been built yet.', {
      next: 'Run “npm run build” once, or start with “npm start”, which builds what is missing.',
      cause,
    });
  }
}

/**
 * The file behind an undecoded URL path, or null when there is none to serve.
 *
 * A path without an extension is a screen and answers with index.html. Anything that tries to climb, hide, or reach a
 * type we do not build is treated as absent.
 */
export async function findAsset(rendererDirectory: string, pathname: string): Promise<Asset | null> {
  const segments = decodeSegments(pathname);
  if (segments === null) return null;
  const name = segments.at(-1) ?? '';
  const wanted = extname(name) === '' ? ['index.html'] : segments;
  const contentType = contentTypes[extname(wanted.at(-1) ?? '').toLowerCase()];
  if (contentType === undefined) return null;
  const file = await containedFile(rendererDirectory, wanted);
  if (file === null) return null;
  // Vite puts a content hash in every name below assets/, so only those may be kept.
  const isHashed = wanted[0] === 'assets';
  return { file, contentType, cacheControl: isHashed ? 'private, max-age=31536000, immutable' : 'no-store' };
}

/** The real path of a regular file below a folder, or null; a link that leaves the folder counts as absent. */
export async function containedFile(folder: string, segments: readonly string[]): Promise<string | null> {
  try {
    const root = await realpath(folder);
    const file = await realpath(join(root, ...segments));
    const way = relative(root, file);
    if (way === '' || way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)) return null;
    return (await stat(file)).isFile() ? file : null;
  } catch (error) {
    if (isAbsence(error)) return null;
    throw error;
  }
}

/** Decoded path segments; null when one of them could mean something else to a file system. */
function decodeSegments(pathname: string): string[] | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  if (!decoded.startsWith('/') || /[\0\\:]/.test(decoded)) return null;
  const segments = decoded.slice(1).split('/');
  const isPlain = segments.every((segment, at) =>
    segment === '' ? at === segments.length - 1 : !segment.startsWith('.'),
  );
  return isPlain ? segments : null;
}

function isAbsence(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG' || code === 'ELOOP';
}
