// What a test decides in advance, and what the program did to the desktop meanwhile.
import { z } from 'zod';

const settingsSchema = z.object({
  isFirstInstance: z.boolean().default(true),
  isPackaged: z.boolean().default(false),
  /** What safeStorage says about the keychain behind it. */
  keychain: z.enum(['gnome_libsecret', 'basic_text', 'unavailable']).default('gnome_libsecret'),
});
export type StandInSettings = z.infer<typeof settingsSchema>;

export const settings = settingsSchema.parse(JSON.parse(process.env.ELECTRON_STAND_IN_SETTINGS ?? '{}'));

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
  notifications: [] as { title: string; body: string }[],
};
