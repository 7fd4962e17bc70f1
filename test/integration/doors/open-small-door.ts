// Opens the loopback door over the small router with a renderer folder and a packs folder of its own.
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve, type OpenDoor } from '../../../src-main/shell/http/serve.ts';
import { createSmallRouter } from './small-router.ts';

export type Failure = { message: string; error: unknown };
export type SmallDoor = {
  door: OpenDoor;
  folder: string;
  received: unknown[];
  failures: Failure[];
  dispose(): Promise<void>;
};

export const outsideText = 'never to be served';

export async function openSmallDoor(): Promise<SmallDoor> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'countersign-door-')));
  await writeFolder(folder, {
    'renderer/index.html':
      '<!doctype html><title>Small</title><script type="module" src="/assets/app-1.js"></script>',
    'renderer/assets/app-1.js': "document.title = 'Small, running';",
    'renderer/assets/app-1.js.map': outsideText,
    'renderer/.hidden.html': outsideText,
    'renderer-other/index.html': outsideText,
    'packs/pack-1.zip': 'PK-one',
    'packs/notes.txt': outsideText,
    'packs/verify.html': '<p>verify</p>',
    'packs/other.html': outsideText,
    'exports/list-1.csv': 'a,b',
    'exports/list-1.csv.manifest.json': '{}',
    'exports/list-1.csv.sha256': 'sum',
    'exports/ASSIGNMENT-q3-1.zip': 'PK-assignment',
    'exports/calendar-1.ics': 'BEGIN:VCALENDAR',
    'exports/notes.txt': outsideText,
    'outside.csv': outsideText,
    'ledger.sqlite': outsideText,
    'outside.zip': outsideText,
    'outside.html': outsideText,
  });
  await symlink(join(folder, 'outside.zip'), join(folder, 'packs', 'link.zip'));
  await symlink(join(folder, 'outside.csv'), join(folder, 'exports', 'link.csv'));
  await symlink(join(folder, 'outside.html'), join(folder, 'renderer', 'link.html'));
  const { router, received } = createSmallRouter();
  const failures: Failure[] = [];
  const door = await serve({
    router,
    version: '0.0.0',
    rendererDirectory: join(folder, 'renderer'),
    packsDirectory: join(folder, 'packs'),
    exportsDirectory: join(folder, 'exports'),
    port: 0,
    log: (message, error) => failures.push({ message, error }),
  });
  const dispose = async () => {
    await door.close();
    await rm(folder, { recursive: true });
  };
  return { door, folder, received, failures, dispose };
}

export async function writeFolder(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}

export type Answer = { status: number; headers: IncomingHttpHeaders; text: string };

/** A request with exactly these headers and this target; unlike fetch it neither adds nor tidies anything. */
export function send(
  port: number,
  asked: { method?: string; target: string; headers?: Record<string, string>; body?: string | Buffer },
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      {
        host: '127.0.0.1',
        port,
        path: asked.target,
        method: asked.method ?? 'GET',
        headers: asked.headers ?? {},
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString('utf8'),
          }),
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(asked.body);
  });
}
