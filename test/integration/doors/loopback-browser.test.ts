import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../../support/chromium.ts';
import { openSmallDoor, type SmallDoor } from './open-small-door.ts';

let small: SmallDoor;
let browser: Browser;
let page: Page;
const violations: string[] = [];

beforeAll(async () => {
  small = await openSmallDoor();
  await bundleClient(join(small.folder, 'renderer'));
  browser = await launchChromium();
  page = await browser.newPage();
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) violations.push(message.text());
  });
});
afterAll(async () => {
  await browser.close();
  await small.dispose();
});

/** A page that uses the contract's own client exactly as a screen would: token from the fragment, sent as a header. */
async function bundleClient(renderer: string): Promise<void> {
  const from = createRequire(import.meta.url);
  const source = `
    import { createORPCClient } from ${JSON.stringify(from.resolve('@orpc/client'))};
    import { RPCLink } from ${JSON.stringify(from.resolve('@orpc/client/fetch'))};
    const token = new URLSearchParams(location.hash.slice(1)).get('token') ?? '';
    const client = createORPCClient(new RPCLink({
      url: location.origin + '/rpc', headers: { 'x-countersign-token': token } }));
    client.workspace.privilegedActions().then(
      (actions) => { document.body.dataset.answer = actions.join('|'); },
      (error) => { document.body.dataset.answer = 'refused: ' + error.message; });`;
  const entry = join(renderer, 'client-source.js');
  await writeFile(entry, source);
  await build({
    configFile: false,
    logLevel: 'silent',
    root: renderer,
    build: {
      outDir: join(renderer, 'assets'),
      emptyOutDir: false,
      rolldownOptions: { input: entry, output: { entryFileNames: 'client.js' } },
    },
  });
  await writeFile(
    join(renderer, 'index.html'),
    '<!doctype html><title>Client</title><body><script type="module" src="/assets/client.js"></script>',
  );
  expect(await readFile(join(renderer, 'assets', 'client.js'), 'utf8')).toContain('x-countersign-token');
}

describe('a real browser at the loopback door', () => {
  it('calls the contract with the token of its address', async () => {
    await page.goto(small.door.url);
    await expect.poll(() => page.locator('body').getAttribute('data-answer')).toBe('role_grant|Ünïcode → ok');
    expect(violations).toEqual([]);
  });

  it('is told in words when the token is missing', async () => {
    const other = await browser.newPage();
    await other.goto(small.door.origin);
    await expect
      .poll(() => other.locator('body').getAttribute('data-answer'))
      .toContain('refused: This window');
    await other.close();
  });

  it('runs no code that was injected into the page and reaches no other server', async () => {
    await page.goto(small.door.url);
    const outcome = await page.evaluate(async () => {
      const script = document.createElement('script');
      script.textContent = 'window.injected = true';
      document.body.append(script);
      document.body.insertAdjacentHTML('beforeend', '<img src="x" onerror="window.injected = true">');
      const evaluated = await new Promise((resolve) => {
        const inner = document.createElement('script');
        inner.src = 'data:text/javascript,window.injected=true';
        inner.addEventListener('load', () => resolve('ran'));
        inner.addEventListener('error', () => resolve('blocked'));
        document.body.append(inner);
      });
      const fetched = await fetch('http://127.0.0.1:9/').then(
        () => 'reached',
        (error: unknown) => String(error),
      );
      return { injected: 'injected' in window, evaluated, fetched };
    });
    expect(outcome).toEqual({ injected: false, evaluated: 'blocked', fetched: 'TypeError: Failed to fetch' });
    await expect.poll(() => violations.join('\n')).toContain('connect-src');
    expect(violations.join('\n')).toContain('script-src');
  });

  it('cannot be framed or called by another site', async () => {
    const foreign = await browser.newPage();
    const { origin, token } = small.door;
    await foreign.route('https://evil.example/**', (route) =>
      route.fulfill({ contentType: 'text/html', body: `<iframe src="${origin}/"></iframe>` }),
    );
    await foreign.goto('https://evil.example/');
    const called = await foreign.evaluate(
      ([url, key]) =>
        fetch(`${url}/api/privileged-actions`, { headers: { 'x-countersign-token': key ?? '' } }).then(
          (response) => `status ${response.status}`,
          () => 'blocked',
        ),
      [origin, token],
    );
    expect(called).toBe('blocked');
    const framed = foreign.frames().find((frame) => frame !== foreign.mainFrame());
    expect(await framed?.locator('body').getAttribute('data-answer')).toBeNull();
    await foreign.close();
  });
});
