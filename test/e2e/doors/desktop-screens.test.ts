import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchDesktopProgram, type DesktopProgram } from '../../support/electron-stand-in/launch.ts';

let program: DesktopProgram;
beforeAll(async () => {
  program = await launchDesktopProgram();
});
afterAll(() => program.quit());

describe('the desktop program on the stand-in', () => {
  it('shows the first screen, fed by the workstation through the message port', async () => {
    const shown = await program.evaluate(async ({ BrowserWindow }) => {
      const page = BrowserWindow.getAllWindows()[0]?.webContents.page;
      await page?.getByText('Explore sample data').first().waitFor();
      return { url: BrowserWindow.getAllWindows()[0]?.webContents.getURL(), title: await page?.title() };
    });
    expect(shown.url).toMatch(/^app:\/\/bundle\//);
    expect(shown.title).toContain('Countersign');
  });

  it('breaks no rule of its own content security policy', async () => {
    const violations = await program.evaluate(async ({ BrowserWindow }) => {
      const page = BrowserWindow.getAllWindows()[0]?.webContents.page;
      const seen: string[] = [];
      page?.on('console', (message) => {
        if (message.text().includes('Content Security Policy')) seen.push(message.text());
      });
      await page?.reload();
      await page?.getByText('Explore sample data').first().waitFor();
      return seen;
    });
    expect(violations).toEqual([]);
  });
});
