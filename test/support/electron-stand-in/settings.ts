// What a test decides in advance, and what the program did to the desktop meanwhile.

import { z } from 'zod';

const settingsSchema = z.object({
  isFirstInstance: z.boolean(),
  isPackaged: z.boolean(),
  /** What safeStorage says about the keychain behind it. */
  keychain: z.enum(['gnome_libsecret', 'basic_text', 'unavailable']),
});
export type StandInSettings = z.infer<typeof settingsSchema>;

export const settings: StandInSettings = {
  isFirstInstance: true,
  isPackaged: false,
  keychain: 'gnome_libsecret',
  ...readSettings(),
};

export const recorded = {
  sandboxEnabled: false,
  schemes: [] as unknown[],
  openedExternally: [] as string[],
  shownInFolder: [] as string[],
  errorBoxes: [] as { title: string; content: string }[],
  menus: [] as unknown[],
  spellChecker: true,
  cancelledRequests: [] as string[],
  preventedNavigations: [] as string[],
  deniedWindows: [] as string[],
};

function readSettings() {
  const text = process.env.ELECTRON_STAND_IN_SETTINGS;
  return settingsSchema.partial().parse(JSON.parse(text ?? '{}'));
}
