// Takes pictures of the window as it stands: in both themes, and where wanted in three widths.
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toPalettePng } from '../palette-png.mjs';

const usual = { width: 1440, height: 900, scale: 1 };
/** A wide window in half its size: what counts there is where things are. */
const others = [
  { width: 1024, height: 768, scale: 1 },
  { width: 2560, height: 1440, scale: 0.5 },
];

/**
 * @param page A window of the usual size, which it has afterwards too.
 * @param folder Where the pictures go.
 * @returns `photograph(name)` and, in all widths, `photographWide(name)`.
 */
export function openCamera(page, folder) {
  const take = async (name, sizes) => {
    for (const size of sizes) {
      await page.setViewportSize({ width: size.width, height: size.height });
      for (const colorScheme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme });
        await page.locator(`html[data-theme="${colorScheme}"]`).waitFor();
        await twoFrames(page);
        const width = size === usual ? '' : `-${size.width}`;
        const file = join(folder, `${name}-${colorScheme}${width}.png`);
        writeFileSync(file, toPalettePng(await picture(page, size)));
        console.log(`${name}-${colorScheme}${width}.png, ${Math.round(statSync(file).size / 1000)} kB`);
      }
    }
    await page.setViewportSize({ width: usual.width, height: usual.height });
    await page.emulateMedia({ colorScheme: 'light' });
    await page.locator('html[data-theme="light"]').waitFor();
  };
  return {
    photograph: (name) => take(name, [usual]),
    photographWide: (name) => take(name, [usual, ...others]),
  };
}

async function picture(page, { width, height, scale }) {
  if (scale === 1) return page.screenshot({ animations: 'disabled' });
  const session = await page.context().newCDPSession(page);
  const clip = { x: 0, y: 0, width, height, scale };
  const { data } = await session.send('Page.captureScreenshot', { format: 'png', clip });
  await session.detach();
  return Buffer.from(data, 'base64');
}

/** Charts measure the room they have and draw a frame later. */
async function twoFrames(page) {
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
}
