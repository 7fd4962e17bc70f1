import { mkdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { contentSecurityPolicy } from '../../../src-main/shell/http/security-headers.ts';
import {
  launchDesktopProgram,
  type DesktopProgram,
  type Inside,
} from '../../support/electron-stand-in/launch.ts';
import { prepareSmallProgram, writePack } from './desktop-program.ts';

let small: Awaited<ReturnType<typeof prepareSmallProgram>>;
let program: DesktopProgram;

beforeAll(async () => {
  small = await prepareSmallProgram();
  program = await launchDesktopProgram({ programFolder: small.folder });
});
afterAll(async () => {
  await program.quit();
  await small.dispose();
});
beforeEach(() =>
  program.evaluate(({ recorded }) => {
    for (const list of [
      recorded.openedExternally,
      recorded.shownInFolder,
      recorded.preventedNavigations,
      recorded.deniedWindows,
    ])
      list.length = 0;
  }),
);

/** Evaluates an expression, which may be a promise, in the page of the window. */
function inPage(expression: string, from: DesktopProgram = program): Promise<unknown> {
  return from.evaluate(async ({ BrowserWindow }, text) => {
    const [window] = BrowserWindow.getAllWindows();
    if (window === undefined) throw new Error('There is no window.');
    await window.webContents.page.waitForSelector('html[data-ready]', { state: 'attached' });
    const value: unknown = await window.webContents.page.evaluate(text);
    return value;
  }, expression);
}

const recordedBy = (from: DesktopProgram) => from.evaluate(({ recorded }) => recorded);

describe('the window', () => {
  it('is created with every hardening option', async () => {
    const windows = await program.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map(({ options, isVisible }) => ({ ...options, isVisible })),
    );
    expect(windows).toHaveLength(1);
    expect(windows[0]).toMatchObject({
      show: false,
      isVisible: true,
      webPreferences: {
        preload: join(small.folder, 'main', 'preload.cjs'),
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        allowRunningInsecureContent: false,
        experimentalFeatures: false,
        webviewTag: false,
        spellcheck: false,
      },
    });
    const { sandboxEnabled, schemes, spellChecker } = await recordedBy(program);
    expect({ sandboxEnabled, spellChecker }).toEqual({ sandboxEnabled: true, spellChecker: false });
    expect(schemes).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ]);
  });

  it('shows app://bundle/ under the content security policy, which holds', async () => {
    const shown = await program.evaluate(async ({ BrowserWindow, schemeHandlers }) => {
      const response = await schemeHandlers.get('app')?.(new Request('app://bundle/'));
      return {
        url: BrowserWindow.getAllWindows()[0]?.webContents.getURL(),
        policy: response?.headers.get('content-security-policy'),
      };
    });
    expect(shown).toEqual({ url: 'app://bundle/', policy: contentSecurityPolicy });
    expect(
      await inPage(`(async () => {
        const script = document.createElement('script');
        script.textContent = 'window.injected = true';
        document.body.append(script);
        const style = document.createElement('style');
        style.textContent = 'body { color: rgb(1, 2, 3) }';
        document.body.append(style);
        // The debugger that runs this text may evaluate; a task of the page itself may not.
        const later = (run) => new Promise((resolve) => setTimeout(() => resolve(run())));
        const fails = (promise) => promise.then(() => 'reached', () => 'blocked');
        return {
          injected: 'injected' in window,
          styled: getComputedStyle(document.body).color === 'rgb(1, 2, 3)',
          evaluated: await later(() => { try { return Reflect.construct(Function, ['return 1'])(); } catch { return 'blocked'; } }),
          fetched: await fails(fetch('https://evil.example/')),
          local: await fails(fetch('http://127.0.0.1:1/')),
          own: await fails(fetch('/assets/client.js')),
        };
      })()`),
    ).toEqual({
      injected: false,
      styled: false,
      evaluated: 'blocked',
      fetched: 'blocked',
      local: 'blocked',
      own: 'reached',
    });
  });

  it.each([
    '/..%2fmain%2fmain.js',
    '/%2e%2e/package.json',
    '/assets/..%5c..%5cmain%5cmain.js',
    '/../main/main.js',
    '/client-source.js',
  ])('cannot read %s', async (path) => {
    expect(await inPage(`fetch(${JSON.stringify(path)}).then((response) => response.status)`)).toBe(404);
  });

  it('finds no power of the program on its window object', async () => {
    expect(
      await inPage(`({
        bridge: Object.entries(window.countersign).map(([name, value]) => name + ':' + typeof value),
        kind: window.countersign.kind,
        frozen: Object.isFrozen(window.countersign),
        powers: ['require', 'process', 'module', 'exports', 'Buffer', 'global', 'ipcRenderer', 'electron', '__dirname', 'setImmediate']
          .filter((name) => name in window),
        storage: localStorage.length + sessionStorage.length + document.cookie.length,
      })`),
    ).toEqual({
      bridge: ['kind:string', 'revealPack:function', 'revealExport:function', 'onShowPlace:function'],
      kind: 'desktop',
      frozen: true,
      powers: [],
      storage: 0,
    });
  });
});

describe('leaving', () => {
  const addressNow = () =>
    program.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL());

  it.each([
    ['a link', `document.querySelector('#out').click()`, 'https://evil.example/'],
    ['a script', `void (location.href = 'https://evil.example/a')`, 'https://evil.example/a'],
    [
      'a look-alike',
      `void (location.href = 'https://bundle.app.invalid.evil.example/')`,
      'https://bundle.app.invalid.evil.example/',
    ],
    ['plain http', `void (location.href = 'http://127.0.0.1:1/')`, 'http://127.0.0.1:1/'],
  ])('by %s is prevented', async (_name, act, address) => {
    await inPage(act);
    await expect.poll(async () => (await recordedBy(program)).preventedNavigations).toEqual([address]);
    expect(await addressNow()).toBe('app://bundle/');
    expect(await inPage('window.countersign.kind')).toBe('desktop');
  });

  it.each([
    [
      'a link to a page of the web',
      `document.querySelector('#new').click()`,
      'https://docs.example/page',
      ['https://docs.example/page'],
    ],
    [
      'window.open',
      `void window.open('https://docs.example/other')`,
      'https://docs.example/other',
      ['https://docs.example/other'],
    ],
    ['plain http', `void window.open('http://docs.example/')`, 'http://docs.example/', []],
    ['an empty window', `void window.open('')`, 'about:blank', []],
    ['our own page once more', `void window.open('/queue')`, 'app://bundle/queue', []],
  ])('by a new window is denied: %s', async (_name, act, address, opened) => {
    await inPage(act);
    await expect.poll(async () => (await recordedBy(program)).deniedWindows).toEqual([address]);
    await expect
      .poll(() =>
        program.evaluate(
          ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.page.context().pages().length,
        ),
      )
      .toBe(1);
    expect((await recordedBy(program)).openedExternally).toEqual(opened);
  });

  it('by a frame, a webview, a redirect or a download is prevented', async () => {
    const prevented = await program.evaluate(({ BrowserWindow, PreventableEvent, session }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      const ask = (
        target: { emit(name: string, ...parameters: unknown[]): boolean } | undefined,
        name: string,
        fields: object,
      ) => {
        const event = Object.assign(new PreventableEvent(), fields);
        target?.emit(name, event, {}, {});
        return event.defaultPrevented;
      };
      return {
        frame: ask(contents, 'will-frame-navigate', { url: 'app://bundle/', isMainFrame: false }),
        webview: ask(contents, 'will-attach-webview', {}),
        redirect: ask(contents, 'will-redirect', { url: 'https://evil.example/' }),
        download: ask(session.defaultSession, 'will-download', {}),
        reload: ask(contents, 'will-navigate', { url: 'app://bundle/' }),
      };
    });
    expect(prevented).toEqual({ frame: true, webview: true, redirect: true, download: true, reload: false });
  });

  it('by the network is cancelled below the page as well', async () => {
    const answers = await program.evaluate(({ session }) =>
      [
        'https://evil.example/',
        'http://127.0.0.1:1/',
        'ws://evil.example/',
        'file:///etc/passwd',
        'data:,x',
      ].map((address) => session.defaultSession.lets(address)),
    );
    expect(answers).toEqual([false, false, false, false, true]);
  });
});

describe('permissions', () => {
  const ask = (permission: string, address: string) =>
    program.evaluate(({ session }, [name, from]) => session.defaultSession.ask(name, from), [
      permission,
      address,
    ] as const);

  it.each([
    'media',
    'geolocation',
    'notifications',
    'clipboard-read',
    'display-capture',
    'fullscreen',
    'hid',
    'serial',
    'usb',
    'openExternal',
    'fileSystem',
    'midi',
    'window-management',
    'unknown',
  ])('%s is denied to everybody', async (permission) => {
    expect(await ask(permission, 'app://bundle/')).toEqual({
      requested: false,
      checked: false,
      device: false,
    });
  });

  it('lets our page alone write plain text to the clipboard', async () => {
    expect(await ask('clipboard-sanitized-write', 'app://bundle/')).toEqual({
      requested: true,
      checked: true,
      device: false,
    });
    expect(await ask('clipboard-sanitized-write', 'https://evil.example/')).toEqual({
      requested: false,
      checked: false,
      device: false,
    });
  });
});

describe('the bridge', () => {
  it('carries the contract over the message port, errors included', async () => {
    const status = await inPage('window.client.workspace.status()');
    expect(status).toMatchObject({
      workspace: join(program.userData, 'workspace'),
      connection: null,
      events: 0,
    });
    const refusal = await inPage(
      `window.client.jobs.get({ id: 'none' }).then(() => null, ({ code, status, data, message }) => ({ code, status, data, message }))`,
    );
    expect(refusal).toMatchObject({ code: 'PROBLEM', status: 422, data: { code: 'not-found' } });
  });

  it('shows packs of the packs folder in the file manager and nothing else', async () => {
    const file = await writePack(program.userData, 'pack-1.zip');
    await writeFile(join(program.userData, 'workspace', 'other.zip'), 'PK');
    expect(await inPage(`window.countersign.revealPack('pack-1.zip')`)).toBe(true);
    for (const name of ['../other.zip', file, '..\\other.zip', 'missing.zip', ''])
      expect(await inPage(`window.countersign.revealPack(${JSON.stringify(name)})`)).toBe(false);
    expect(await inPage(`window.countersign.revealPack({ toString: () => '../other.zip' })`)).toBe(false);
    expect((await recordedBy(program)).shownInFolder).toEqual([file]);
  });

  it('shows exports of the exports folder in the file manager and nothing else', async () => {
    const folder = join(program.userData, 'workspace', 'exports');
    await mkdir(folder, { recursive: true });
    const file = join(folder, 'list-1.csv');
    await writeFile(file, 'a');
    await writeFile(join(program.userData, 'workspace', 'other.csv'), 'a');
    expect(await inPage(`window.countersign.revealExport('list-1.csv')`)).toBe(true);
    for (const name of ['../other.csv', file, 'missing.csv', ''])
      expect(await inPage(`window.countersign.revealExport(${JSON.stringify(name)})`)).toBe(false);
    expect((await recordedBy(program)).shownInFolder.at(-1)).toBe(await realpath(file));
  });

  it.each<[string, { origin: string; parent: object | null } | null, 'own' | 'other']>([
    ['a frame that is gone', null, 'own'],
    ['another origin', { origin: 'https://evil.example', parent: null }, 'own'],
    ['an inner frame', { origin: 'app://bundle', parent: {} }, 'own'],
    ['another window', { origin: 'app://bundle', parent: null }, 'other'],
  ])('closes the port of %s unheard', async (_name, senderFrame, sender) => {
    const outcome = await program.evaluate(offerPort, { senderFrame, sender });
    expect(outcome).toEqual({ isClosed: true, answers: 0, revealed: false });
  });

  it('would have heard our own page the same way', async () => {
    const senderFrame = { origin: 'app://bundle', parent: null };
    const outcome = await program.evaluate(offerPort, { senderFrame, sender: 'own' as const });
    expect(outcome).toEqual({ isClosed: false, answers: 1, revealed: true });
  });

  it('passes on no port that somebody else posted to the page', async () => {
    const connections = await program.evaluate(async ({ BrowserWindow, ipcMain }) => {
      let count = 0;
      ipcMain.on('countersign:connect', () => (count += 1));
      await BrowserWindow.getAllWindows()[0]?.webContents.page.evaluate(`(async () => {
        const post = (init) => window.dispatchEvent(
          new MessageEvent('message', { data: 'countersign:connect', ports: [new MessageChannel().port1], ...init }));
        post({ source: null, origin: location.origin });
        post({ source: window, origin: 'https://evil.example' });
        post({ source: window, origin: location.origin, data: 'countersign:other' });
        post({ source: window, origin: location.origin, ports: [] });
        await window.countersign.revealPack('');
      })()`);
      return count;
    });
    expect(connections).toBe(0);
  });
});

/** Offers a port as the given sender would, asks one procedure through it, and tells what came back. */
async function offerPort(
  { BrowserWindow, ipcMain, MessagePortMain }: Inside,
  from: { senderFrame: { origin: string; parent: object | null } | null; sender: 'own' | 'other' },
) {
  const contents = BrowserWindow.getAllWindows()[0]?.webContents;
  const port = new MessagePortMain();
  const event = {
    sender: from.sender === 'own' ? contents : { id: 99 },
    senderFrame: from.senderFrame,
    ports: [port],
  };
  ipcMain.emit('countersign:connect', event, null);
  port.receive(JSON.stringify({ i: '1', p: { u: 'orpc://x/workspace/privilegedActions', b: {} } }));
  const answers = port.isClosed ? [] : await port.take();
  const revealed = await ipcMain.invoke('countersign:reveal-pack', event, ['pack-1.zip']);
  return { isClosed: port.isClosed, answers: answers?.length ?? 0, revealed };
}

describe('the life of the program', () => {
  it('comes to the front when it is started once more', async () => {
    const count = await program.evaluate(({ app, BrowserWindow }) => {
      app.emit('second-instance');
      return BrowserWindow.getAllWindows()[0]?.focusCount;
    });
    expect(count).toBe(1);
  });

  it('leaves at once when another instance runs', async () => {
    const second = await launchDesktopProgram({
      programFolder: small.folder,
      settings: { isFirstInstance: false },
    });
    expect(await second.exited).toBe(0);
    expect(second.output()).toBe('');
    await second.quit();
  });

  it('says in a sentence why it cannot start', async () => {
    const blocked = await launchDesktopProgram({
      programFolder: small.folder,
      parameters: [`--workspace=${join(small.folder, 'package.json')}`],
    });
    expect(await blocked.exited).toBe(70);
    expect(blocked.output()).toContain('The workspace folder cannot be created.');
    expect(blocked.output()).not.toMatch(/ENOTDIR|EEXIST|\n {4}at /);
    await blocked.quit();
  });

  it('says when its screens were not built', async () => {
    const bare = await prepareSmallProgram();
    await rm(join(bare.folder, 'renderer'), { recursive: true });
    const blind = await launchDesktopProgram({ programFolder: bare.folder });
    expect(await blind.exited).toBe(70);
    expect(blind.output()).toContain('npm run build');
    await blind.quit();
    await bare.dispose();
  });

  it('keeps what it did not expect out of the message and in a file', async () => {
    const broken = await prepareSmallProgram();
    await rm(join(broken.folder, 'main', 'preload.cjs'));
    const blocked = await launchDesktopProgram({ programFolder: broken.folder });
    expect(await blocked.exited).toBe(70);
    expect(blocked.output()).toContain('Something failed that was not expected.');
    expect(blocked.output()).not.toMatch(/ENOENT|\n {4}at /);
    const log = await readFile(join(blocked.userData, 'failures.log'), 'utf8');
    expect(log).toContain('ENOENT');
    expect((await stat(join(blocked.userData, 'failures.log'))).mode & 0o777).toBe(0o600);
    await blocked.quit();
    await broken.dispose();
  });

  it('closes the workspace and ends when its window is closed', async () => {
    const other = await launchDesktopProgram({ programFolder: small.folder });
    await other.evaluate(({ BrowserWindow }) => void BrowserWindow.getAllWindows()[0]?.close());
    expect(await other.exited).toBe(0);
    await other.quit();
  });

  it('offers developer tools to developers only', async () => {
    const released = await launchDesktopProgram({
      programFolder: small.folder,
      settings: { isPackaged: true },
    });
    const devTools = await released.evaluate(
      ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.options.webPreferences['devTools'],
    );
    expect(devTools).toBe(false);
    expect(JSON.stringify((await recordedBy(released)).menus)).not.toMatch(/toggleDevTools|reload/);
    expect(JSON.stringify((await recordedBy(program)).menus)).toMatch(/toggleDevTools/);
    await released.quit();
  });
});

describe('the signing key', () => {
  const reviewer = { name: 'Rita', id: 'rita', email: 'rita@example.org' };
  const create = (from: DesktopProgram, more: object) =>
    inPage(
      `window.client.workspace.setReviewer(${JSON.stringify({ ...reviewer, ...more })})
        .then(({ key }) => key.sealedBy, ({ data }) => data.code)`,
      from,
    );

  it('is sealed by the keychain of the system', async () => {
    expect(await create(program, {})).toBe('system-keychain');
  });

  it.each(['basic_text', 'unavailable'] as const)(
    'needs a passphrase where the keychain is %s',
    async (keychain) => {
      const weak = await launchDesktopProgram({ programFolder: small.folder, settings: { keychain } });
      expect(await create(weak, {})).toBe('locked');
      expect(await create(weak, { passphrase: 'a long enough passphrase' })).toBe('passphrase');
      await weak.quit();
    },
  );
});
