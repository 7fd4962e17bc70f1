// RFC 3161 timestamps against the real openssl: what we ask for, take, keep and refuse.
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chainFault } from '../../../src-main/evidence/timestamp-chain.ts';
import { checkReply, timestampRequest } from '../../../src-main/evidence/timestamp-request.ts';
import { askTimestampService } from '../../../src-main/evidence/timestamp-service.ts';
import { parseTimestamp } from '../../../src-main/evidence/timestamp-token.ts';
import { parseAuthorities, timestampJudge } from '../../../src-main/evidence/timestamp-verify.ts';
import { alice } from '../../unit/evidence/sample-input.ts';
import {
  createAuthority,
  replyWith,
  serveTimestamps,
  type Authority,
  type TimestampServer,
} from './timestamp-authority.ts';

const signature = Buffer.from(alice.sign('countersign-evidence-pack', Buffer.from('a manifest')));
const random = Buffer.alloc(16, 0xab);
let authority: Authority;
let server: TimestampServer;
let kept: Buffer;
let stranger: Authority;

beforeAll(async () => {
  authority = createAuthority();
  stranger = createAuthority();
  kept = authority.stamp(timestampRequest(signature, random));
  server = await serveTimestamps({
    '/stamp': replyWith((body) => authority.stamp(body)),
    '/other-nonce': replyWith(() => authority.stamp(timestampRequest(signature, Buffer.alloc(16, 1)))),
    '/other-file': replyWith(() => authority.stamp(timestampRequest(Buffer.from('other'), random))),
    '/rejects': replyWith(() => authority.stamp(Buffer.from('30030201ff', 'hex'))),
    '/huge': replyWith(() => Buffer.alloc(3_000_000, 0x30)),
    '/endless': (_, response) => {
      response.writeHead(200, { 'content-type': 'application/timestamp-reply' });
      const more = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(10_000)));
      };
      response.on('drain', more);
      more();
    },
    '/silent': () => undefined,
    '/slow': (_, response) => {
      response.writeHead(200, { 'content-type': 'application/timestamp-reply' }).write(kept.subarray(0, 10));
    },
    '/elsewhere': (_, response) => response.writeHead(307, { location: '/stamp' }).end(),
    '/page': (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Welcome'),
    '/broken': (_, response) => response.writeHead(500).end(),
  });
});
afterAll(async () => {
  await server.close();
  authority.remove();
  stranger.remove();
});

const ask = (path: string, timeoutMs = 20_000) =>
  askTimestampService({ url: server.address(path), timeoutMs }, timestampRequest(signature, random));
const judge = (name = 'root') => timestampJudge(parseAuthorities(authority.pem(name)));
const question = () => ({ signature, random, judge: judge() });

test('openssl reads our request as it was meant', () => {
  writeFileSync(join(authority.folder, 'ours'), timestampRequest(signature, random));
  const text = authority.openssl('ts', '-query', '-in', 'ours', '-text').toString();
  expect(text).toContain('Hash Algorithm: sha256');
  expect(text).toContain('Certificate required: yes');
  expect(text.toUpperCase()).toContain('NONCE: 0X6BABAB');
});

test('what the service answers is trusted here and by openssl ts -verify', async () => {
  const reply = await ask('/stamp');
  const answer = checkReply(reply, question());
  expect(answer).toMatchObject({ standing: 'trusted', authority: 'Test tsa' });
  writeFileSync(join(authority.folder, 'kept.tsr'), reply);
  writeFileSync(join(authority.folder, 'kept.sig'), signature);
  const verify = (data: string) =>
    authority.openssl('ts', '-verify', '-data', data, '-in', 'kept.tsr', '-CAfile', 'root.pem').toString();
  expect(verify('kept.sig')).toContain('Verification: OK');
  expect(() => verify('cnf')).toThrow();
  const printed = authority.openssl('ts', '-reply', '-in', 'kept.tsr', '-text').toString();
  const stated = Date.parse(/Time stamp: (.*)/.exec(printed)?.[1] ?? '');
  // The stated inaccuracy of a second is added.
  expect(answer).toMatchObject({ at: stated / 1000 + 1 });
});

test('without a named authority a sound timestamp stays unchecked', () => {
  expect(timestampJudge(null)({ token: kept, signature })).toMatchObject({ standing: 'unchecked' });
});

test('an authority nobody named is not believed', () => {
  const answer = timestampJudge(parseAuthorities(stranger.pem('root')))({ token: kept, signature });
  expect(answer).toMatchObject({ standing: 'refused', fault: 'unpinned' });
});

test('a timestamp of another file is tampering', () => {
  expect(judge()({ token: kept, signature: Buffer.from('other') })).toMatchObject({
    standing: 'refused',
    fault: 'tampered',
    reason: 'It is about another file.',
  });
});

test('a changed byte never yields another trusted time', () => {
  const answer = judge()({ token: kept, signature });
  fc.assert(
    fc.property(fc.nat(kept.length - 1), fc.integer({ min: 1, max: 255 }), (at, difference) => {
      const changed = Buffer.from(kept);
      changed[at] = (changed[at] ?? 0) ^ difference;
      const again = judge()({ token: changed, signature });
      if (again.standing !== 'refused') expect(again).toEqual(answer);
    }),
    { numRuns: 600 },
  );
});

test('another time with a digest that fits is no more than a forgery, and so is another signature', () => {
  const { content } = parseTimestamp(kept);
  const forged = Buffer.from(content);
  const year = forged.indexOf(/20\d{12}Z/.exec(forged.toString('latin1'))?.[0] ?? 'none');
  forged.write('2019', year, 'latin1');
  const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();
  const token = Buffer.from(kept);
  forged.copy(token, kept.indexOf(content));
  digest(forged).copy(token, kept.indexOf(digest(content)));
  expect(parseTimestamp(token).info.genTime.getUTCFullYear()).toBe(2019);
  expect(judge()({ token, signature })).toMatchObject({
    fault: 'tampered',
    reason: 'Its signature does not hold.',
  });
  const other = Buffer.from(kept);
  other[other.length - 1] = (other.at(-1) ?? 0) ^ 1;
  expect(judge()({ token: other, signature })).toMatchObject({
    fault: 'tampered',
    reason: 'Its signature does not hold.',
  });
});

test('cut, lengthened and arbitrary bytes are refused', () => {
  for (const token of [kept.subarray(0, -1), Buffer.concat([kept, Buffer.alloc(1)]), Buffer.alloc(0)]) {
    expect(judge()({ token, signature })).toMatchObject({ standing: 'refused', fault: 'malformed' });
  }
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (token) => {
      expect(judge()({ token, signature }).standing).toBe('refused');
    }),
    { numRuns: 200 },
  );
});

test.each([
  ['/other-nonce', /another request/],
  ['/other-file', /another file/],
  ['/rejects', /rejected the request/],
])('a reply from %s is not kept', async (path, sentence) => {
  const reply = await ask(path);
  expect(() => checkReply(reply, question())).toThrow(sentence);
});

test.each([
  ['/huge', /more than any timestamp/],
  ['/endless', /more than any timestamp/],
  ['/elsewhere', /another address/],
  ['/page', /did not answer with a timestamp/],
  ['/broken', /did not answer with a timestamp/],
])('a service that answers like %s is refused in words', async (path, sentence) => {
  await expect(ask(path)).rejects.toThrow(sentence);
});

test('a redirect is not followed', async () => {
  const before = server.asked();
  await expect(ask('/elsewhere')).rejects.toThrow(/another address/);
  expect(server.asked()).toBe(before + 1);
});

test.each(['/silent', '/slow'])('a service that is %s is given up', async (path) => {
  await expect(ask(path, 300)).rejects.toThrow(/did not answer in time/);
});

test('a service that is not there is named as that', async () => {
  const gone = await serveTimestamps({});
  await gone.close();
  const service = { url: gone.address('/'), timeoutMs: 5_000 };
  await expect(askTimestampService(service, Buffer.alloc(1))).rejects.toThrow(/cannot be reached/);
});

test.each(['ftp://example.org', 'https://user:secret@example.org', 'file:///etc/passwd', 'nonsense'])(
  'no request goes to %s',
  async (url) => {
    await expect(askTimestampService({ url, timeoutMs: 1_000 }, Buffer.alloc(1))).rejects.toThrow(
      /not the address of a timestamp service/,
    );
  },
);

test('a service certified through an authority in between is trusted, when it sent that certificate', () => {
  authority.issue('middle', 'middle');
  authority.issue('deep', 'service', { by: 'middle' });
  const query = timestampRequest(signature, random);
  const chained = authority.stamp(query, 'deep', '-chain', 'middle.pem');
  expect(judge()({ token: chained, signature })).toMatchObject({ standing: 'trusted' });
  const alone = authority.stamp(query, 'deep');
  expect(judge()({ token: alone, signature })).toMatchObject({ standing: 'refused', fault: 'unpinned' });
  expect(judge('middle')({ token: alone, signature })).toMatchObject({ standing: 'trusted' });
});

test('a service with an RSA key is trusted, too', () => {
  authority.issue('rsa', 'service', { rsa: true });
  const token = authority.stamp(timestampRequest(signature, random), 'rsa');
  expect(judge()({ token, signature })).toMatchObject({ standing: 'trusted' });
});

test('a service that certifies itself is not trusted, unless it is the one that was named', () => {
  authority.issue('self', 'service', { by: 'self' });
  const token = authority.stamp(timestampRequest(signature, random), 'self');
  expect(judge()({ token, signature })).toMatchObject({ standing: 'refused', fault: 'unpinned' });
  expect(judge('self')({ token, signature })).toMatchObject({ standing: 'trusted' });
});

test('a service is no authority over another, whether or not its certificate says what its key is for', () => {
  authority.issue('loose', 'loose');
  for (const by of ['tsa', 'loose']) {
    authority.issue('under', 'service', { by });
    const token = authority.stamp(timestampRequest(signature, random), 'under', '-chain', `${by}.pem`);
    expect(judge()({ token, signature })).toMatchObject({ standing: 'refused', fault: 'unpinned' });
  }
});

test('a certificate that had ended, or had not begun, at the stated time is refused', () => {
  authority.issue('ended', 'service', { dates: ['20200101000000Z', '20210101000000Z'] });
  authority.issue('coming', 'service', { dates: ['20900101000000Z', '20910101000000Z'] });
  for (const name of ['ended', 'coming']) {
    const token = authority.stamp(timestampRequest(signature, random), name);
    expect(judge()({ token, signature })).toMatchObject({
      fault: 'unpinned',
      reason: expect.stringMatching(/not valid at the time/),
    });
  }
});

test.each(['web', 'lax', 'both', 'no-signing'])(
  'a certificate for another purpose (%s) is refused',
  (extensions) => {
    authority.issue(extensions, extensions);
    const [service] = parseAuthorities(authority.pem(extensions));
    const search = {
      authorities: parseAuthorities(authority.pem('root')),
      intermediates: [],
      at: Date.now(),
    };
    expect(chainFault(service!, search)).toMatch(/not issued for timestamps alone/);
    const [right] = parseAuthorities(authority.pem('tsa'));
    expect(chainFault(right!, search)).toBeNull();
  },
);

test('a token without its certificate is refused', () => {
  const query = timestampRequest(signature, random);
  // certReq is the last element; FALSE is left out in DER, but openssl reads it.
  const without = Buffer.from(query);
  expect(without.at(-1)).toBe(0xff);
  without[without.length - 1] = 0;
  const token = authority.stamp(without);
  expect(parseTimestamp(token).certificates).toEqual([]);
  expect(judge()({ token, signature })).toMatchObject({ standing: 'refused', fault: 'tampered' });
});

test('certificates that cannot be read are refused in words', () => {
  expect(() => parseAuthorities('nothing')).toThrow(/there is none/);
  const damaged = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
  expect(() => parseAuthorities(damaged)).toThrow(/one is damaged/);
});
