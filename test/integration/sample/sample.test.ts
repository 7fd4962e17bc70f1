import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { Client, type QueryResultRow } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { replacePid } from '../../../src-main/sample/lock-file.ts';
import { deleteSample, sampleState, startSample, stopSample } from '../../../src-main/sample/sample.ts';
import { startPreparedSample } from '../../support/prepared-sample.ts';

const module = new URL('../../../src-main/sample/sample.ts', import.meta.url).href;
const small = { events: 3000, days: 30, actors: 20 };
let workspace = '';
let directory = '';

beforeEach(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'countersign-sample-test-'));
  await chmod(workspace, 0o711);
  directory = join(workspace, 'sample');
});
afterEach(async () => {
  await deleteSample(directory);
  await rm(workspace, { recursive: true });
});

const truth = z.object({ set: z.string(), actor: z.string(), event_ids: z.array(z.string()) });
const notesSchema = z.object({
  home: z.string().nullable(),
  complete: z.boolean().default(false),
  port: z.number().default(0),
});

async function notes(): Promise<z.infer<typeof notesSchema>> {
  const text = await readFile(join(directory, 'sample.json'), 'utf8').catch(() => '{"home":null}');
  return notesSchema.parse(JSON.parse(text));
}

async function ask<Row extends QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function countEvents(ownerUrl: string): Promise<number> {
  const [row] = await ask<{ events: number }>(
    ownerUrl,
    'SELECT count(*)::int AS events FROM np_auditlog_events',
  );
  return row?.events ?? -1;
}

async function serverPid(): Promise<number> {
  const { home } = await notes();
  return Number((await readFile(join(home ?? directory, 'data', 'postmaster.pid'), 'utf8')).split('\n')[0]);
}

interface Ended {
  exitCode: number | null;
  signal: string | null;
  said: string;
  /** Its process group, as a number to send signals to. */
  group: number;
}

/** Another program that uses this module; answers its exit and what it said. */
async function runElsewhere(code: string): Promise<Ended> {
  const child = spawn(
    process.execPath,
    ['--input-type=module', '-e', `import * as sample from '${module}'; ${code}`],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    },
  );
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
  await once(child, 'close');
  return { exitCode: child.exitCode, signal: child.signalCode, said, group: -(child.pid ?? 0) };
}

describe('the sample database', () => {
  it('starts, answers the same server when started again, stops, and keeps its data', async () => {
    const steps: string[] = [];
    const first = await startSample({ directory, ...small, onProgress: (step) => steps.push(step) });
    expect(first).toMatchObject({ events: 3000, endsAt: '2026-11-16T00:00:00.000Z' });
    expect(first.url).toMatch(
      /^postgresql:\/\/countersign_reviewer:[\w-]{20,}@127\.0\.0\.1:\d+\/audit\?sslmode=disable$/,
    );
    expect(new Set(steps)).toContain('Loading events');
    expect(await countEvents(first.ownerUrl)).toBe(3000);

    // Options not given mean whatever is there.
    expect(await startSample({ directory })).toEqual(first);
    expect(await startSample({ directory, ...small })).toEqual(first);
    expect(await sampleState(directory)).toMatchObject({
      running: true,
      complete: true,
      options: { ...small, seed: 1 },
    });

    expect(await stopSample(directory)).toEqual({ stopped: true });
    expect(await stopSample(directory)).toEqual({ stopped: false });
    expect(await sampleState(directory)).toMatchObject({ running: false, complete: true });
    await expect(countEvents(first.ownerUrl)).rejects.toMatchObject({ code: 'ECONNREFUSED' });

    expect(await startSample({ directory })).toEqual(first);
    expect(await countEvents(first.ownerUrl)).toBe(3000);
  });

  it('writes the truth beside the data, and its notes for its owner only', async () => {
    const { incidentsFile, ownerUrl } = await startSample({ directory, ...small });
    const lines = (await readFile(incidentsFile, 'utf8')).trimEnd().split('\n');
    const incidents = lines.map((line) => truth.parse(JSON.parse(line)));
    expect(incidents.length).toBeGreaterThan(4);
    for (const incident of incidents) {
      expect(incident.set).toBe('sample');
      const ids = incident.event_ids.map((id) => `'${id}'`).join(',') || 'NULL';
      const [row] = await ask<{ found: number }>(
        ownerUrl,
        `SELECT count(*)::int AS found FROM np_auditlog_events WHERE id IN (${ids}) AND actor_user_id = '${incident.actor}'`,
      );
      expect(row?.found).toBe(incident.event_ids.length);
    }
    expect((await stat(join(directory, 'sample.json'))).mode & 0o777).toBe(0o600);
    expect(await readFile(join(directory, 'server.log'), 'utf8')).not.toMatch(/password|ERROR/i);
  });

  it('refuses other options than those it was made with, and keeps what is there', async () => {
    const first = await startPreparedSample(directory, small);
    await expect(startSample({ directory, events: 4000, seed: 2 })).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('seed 1, events 3000') as unknown,
      next: expect.stringContaining('another workspace') as unknown,
    });
    await expect(startSample({ directory, days: 0 })).rejects.toMatchObject({ code: 'invalid-input' });
    expect(await startSample({ directory })).toEqual(first);
  });

  it('outlives the program that started it, which ends by itself with its own exit code', async () => {
    const started = await runElsewhere(
      `const { url } = await sample.startSample(${JSON.stringify({ directory, ...small })}); console.log(url); process.exitCode = 7;`,
    );
    expect(started).toMatchObject({ exitCode: 7, signal: null });
    // Interrupting the terminal it ran in reaches nobody any more.
    expect(() => process.kill(started.group, 'SIGINT')).toThrow('ESRCH');
    const rows = await ask(started.said.trim(), 'SELECT current_user::text AS who');
    expect(rows).toEqual([{ who: 'countersign_reviewer' }]);
    const stopped = await runElsewhere(
      `console.log(JSON.stringify(await sample.stopSample('${directory}')))`,
    );
    expect(stopped.said.trim()).toBe('{"stopped":true}');
  });

  it('starts again after its server was killed', async () => {
    const first = await startPreparedSample(directory, small);
    await ask(first.ownerUrl, "UPDATE np_audit_privileged_reviews SET notes = 'kept'");
    process.kill(await serverPid(), 'SIGKILL');
    const again = await startSample({ directory });
    expect(again).toEqual(first);
    const rows = await ask(again.url, 'SELECT DISTINCT notes FROM np_audit_privileged_reviews');
    expect(rows).toEqual([{ notes: 'kept' }]);
  });

  it('starts again although somebody else has the process number of its killed server by now', async () => {
    const first = await startPreparedSample(directory, small);
    const { home } = await notes();
    const data = join(home ?? directory, 'data');
    process.kill(await serverPid(), 'SIGKILL');
    const { uid, gid } = await stat(data);
    const stranger = spawn('sleep', ['60'], {
      stdio: 'ignore',
      ...(userInfo().uid === 0 ? { uid, gid } : {}),
    });
    try {
      await once(stranger, 'spawn');
      await replacePid(data, stranger.pid ?? 0);
      expect(await startSample({ directory })).toEqual(first);
      expect(await countEvents(first.ownerUrl)).toBe(3000);
      expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
    } finally {
      stranger.kill();
    }
  });

  it('takes another port when its own is taken', async () => {
    const first = await startPreparedSample(directory, small);
    await stopSample(directory);
    const { port } = await notes();
    const squatter = createServer();
    await new Promise<void>((resolve) => squatter.listen(port, '127.0.0.1', resolve));
    try {
      expect(await sampleState(directory)).toMatchObject({ running: false });
      const second = await startSample({ directory });
      expect(second.url).not.toBe(first.url);
      expect(await countEvents(second.ownerUrl)).toBe(3000);
    } finally {
      squatter.close();
    }
  });

  it('never stops a process it cannot prove to be its server', async () => {
    await startPreparedSample(directory, small);
    await stopSample(directory);
    const { home, port } = await notes();
    const bystander = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    try {
      const lock = join(home ?? directory, 'data', 'postmaster.pid');
      const forged = [
        bystander.pid,
        join(home ?? directory, 'data'),
        '1763251200',
        port,
        '',
        '127.0.0.1',
        '1 1',
        'ready',
      ];
      await writeFile(lock, forged.join('\n'));
      expect(await stopSample(directory)).toEqual({ stopped: false });
      expect(bystander.exitCode ?? bystander.signalCode).toBeNull();
    } finally {
      bystander.kill();
    }
  });

  it('does not take the server of a copied workspace for its own', async () => {
    const original = await startPreparedSample(directory, small);
    const copy = join(workspace, 'copy');
    await cp(directory, copy, { recursive: true });
    expect(await stopSample(copy)).toEqual({ stopped: false });
    expect(await sampleState(copy)).toMatchObject({ running: false });
    expect(await countEvents(original.ownerUrl)).toBe(3000);
  });

  it('is made again after making it was killed', async () => {
    const options = JSON.stringify({ directory, ...small, events: 30_000 });
    const killed = await runElsewhere(
      `await sample.startSample({ ...${options}, onProgress: (step, done) => {
         if (step === 'Loading events' && done > 9000) process.kill(process.pid, 'SIGKILL');
       } });`,
    );
    expect(killed.signal).toBe('SIGKILL');
    expect(await notes()).toMatchObject({ complete: false });
    expect(await sampleState(directory)).toMatchObject({ complete: false });
    // Without options: those of the interrupted attempt.
    const made = await startSample({ directory });
    expect(made.events).toBe(30_000);
    expect(await countEvents(made.ownerUrl)).toBe(30_000);
    expect(await notes()).toMatchObject({ complete: true });
  });

  it('can be cancelled between two batches, and leaves nothing running', async () => {
    const controller = new AbortController();
    const cancelled = startSample({
      directory,
      ...small,
      events: 30_000,
      signal: controller.signal,
      onProgress: (step, done) => {
        if (step === 'Loading events' && done > 9000) controller.abort();
      },
    });
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
    expect(await sampleState(directory)).toMatchObject({ running: false, complete: false });
    await expect(stat(join(directory, 'data'))).rejects.toMatchObject({ code: 'ENOENT' });
    expect(await countEvents((await startSample({ directory, ...small })).ownerUrl)).toBe(3000);
  });

  it('is made once when two programs start it at the same moment', async () => {
    const code = `console.log((await sample.startSample(${JSON.stringify({ directory, ...small })})).url);`;
    const [one, other] = await Promise.all([runElsewhere(code), runElsewhere(code)]);
    expect(one.exitCode).toBe(0);
    expect(one.said).toBe(other.said);
  });

  it('works in a workspace only its owner may enter', async () => {
    await chmod(workspace, 0o700);
    const { ownerUrl } = await startSample({ directory, ...small });
    expect(await countEvents(ownerUrl)).toBe(3000);
    const { home } = await notes();
    expect(await sampleState(directory)).toMatchObject({ running: true });
    // A server started by root runs as another account, which cannot follow into the workspace.
    if (userInfo().uid === 0) expect(home).toContain(tmpdir());
    else expect(home).toBeNull();
    await stopSample(directory);
    await rm(home ?? join(directory, 'data'), { recursive: true });
    // Whoever clears the temporary folder gets a new sample instead of an error.
    expect(await countEvents((await startSample({ directory })).ownerUrl)).toBe(3000);
  });

  it('says so when its notes are damaged', async () => {
    await startPreparedSample(directory, small);
    await stopSample(directory);
    const file = join(directory, 'sample.json');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.slice(0, 40));
    await expect(startSample({ directory })).rejects.toMatchObject({ code: 'store-damaged' });
    await expect(stopSample(directory)).rejects.toMatchObject({ code: 'store-damaged' });
    await writeFile(file, text);
    expect(await stopSample(join(workspace, 'nothing'))).toEqual({ stopped: false });
    expect(await sampleState(join(workspace, 'nothing'))).toBeNull();
  });
});
