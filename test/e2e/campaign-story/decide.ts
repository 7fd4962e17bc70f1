// Deciding items with the keyboard, as a reviewer does.
import { expect } from 'vitest';
import { section, type Desk } from './desk.ts';

type Kind = 'certify' | 'revoke' | 'modify';
const titles = { certify: 'Certify', revoke: 'Revoke', modify: 'Modify' } as const;

const grid = ({ page }: Desk) => page.getByRole('grid', { name: 'Items' });
const detail = ({ page }: Desk) => page.getByRole('complementary', { name: 'Detail' });

export async function toItems(desk: Desk): Promise<void> {
  await section(desk, 'Items');
  await grid(desk).getByRole('row').nth(1).waitFor();
}

/** Narrows the list to rows that hold these words, and brings the first of them into view in full. */
export async function lookAt(desk: Desk, words: string): Promise<void> {
  const { page } = desk;
  await page.keyboard.press('/');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(words);
  await page.keyboard.press('Enter');
  await expect.poll(() => grid(desk).getByRole('row').nth(1).innerText()).toContain(words);
  await grid(desk).getByRole('row').nth(1).click();
  await detail(desk).getByText(words).first().waitFor();
}

/** Takes the words away again. */
export async function lookAtAll({ page }: Desk): Promise<void> {
  await page.keyboard.press('/');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Enter');
}

export async function decide(desk: Desk, words: string, kind: Kind, reason: string): Promise<void> {
  const { page } = desk;
  await lookAt(desk, words);
  await page.keyboard.press(kind.charAt(0));
  await page.getByRole('dialog', { name: `${titles[kind]} 1 item` }).waitFor();
  await page.keyboard.type(reason);
  await page.keyboard.press('Control+Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

/** What is neither privileged nor flagged is certified by one key. */
export async function certify(desk: Desk, words: string): Promise<void> {
  await lookAt(desk, words);
  await desk.page.keyboard.press('c');
  await grid(desk).getByText(words).waitFor({ state: 'detached' });
}

/** Certifies everything that is like the first one of these, in one go. */
export async function certifyAlike(desk: Desk, words: string, count: number, reason: string): Promise<void> {
  const { page } = desk;
  await lookAt(desk, words);
  await page.keyboard.press('X');
  await page.keyboard.press('c');
  const dialog = page.getByRole('dialog', { name: `Certify ${count} items` });
  await dialog.waitFor();
  await page.keyboard.type(reason);
  await page.keyboard.press('Control+Enter');
  await dialog.waitFor({ state: 'detached' });
}
