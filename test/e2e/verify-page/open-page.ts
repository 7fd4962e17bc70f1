// Opens verify.html from its file in a browser without any network, and writes down whatever it tries or complains about.
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';

export const pageFile = fileURLToPath(new URL('../../../dist/verify/verify.html', import.meta.url));

export type OfflinePage = {
  readonly page: Page;
  /** Addresses it asked for beside its own file and its own thread. */
  readonly requests: string[];
  /** Uncaught errors, console errors and warnings, violated policies. */
  readonly complaints: string[];
  readonly close: () => Promise<void>;
};

export type PageKind = {
  readonly colorScheme?: 'light' | 'dark';
  /** Run before the page's own scripts. */
  readonly before?: () => void;
};

export async function openVerifyPage(
  browser: Browser,
  { colorScheme = 'light', before }: PageKind = {},
): Promise<OfflinePage> {
  const context = await browser.newContext({
    viewport: { width: 1100, height: 900 },
    colorScheme,
    reducedMotion: 'reduce',
  });
  await context.setOffline(true);
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const requests: string[] = [];
  const complaints: string[] = [];
  await context.route(/^(?!file:|blob:)/, (route) => route.abort());
  page.on('request', (request) => {
    const address = request.url();
    if (address !== pathToFileURL(pageFile).href && !address.startsWith('blob:')) requests.push(address);
  });
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  if (before !== undefined) await page.addInitScript(before);
  await page.goto(pathToFileURL(pageFile).href);
  return { page, requests, complaints, close: () => context.close() };
}

export type NamedFile = { readonly name: string; readonly content: Uint8Array | string };

const asUpload = ({ name, content }: NamedFile) => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: Buffer.from(content),
});

export type GivenFiles = {
  readonly pack?: NamedFile;
  readonly signers?: string;
  readonly revoked?: readonly string[];
};

/** Chooses the files as a person would, and waits for the verdict or a refusal. */
export async function verifyWith({ page }: OfflinePage, given: GivenFiles): Promise<void> {
  const { pack, signers, revoked } = given;
  if (signers !== undefined)
    await page
      .getByLabel('List of allowed signers')
      .setInputFiles(asUpload({ name: 'signers', content: signers }));
  if (revoked !== undefined)
    await page
      .getByLabel('Lists of revoked keys')
      .setInputFiles(revoked.map((content, at) => asUpload({ name: `revoked-${at}`, content })));
  if (pack !== undefined) await page.getByLabel('Pack file (.zip)').setInputFiles(asUpload(pack));
  await page.getByRole('button', { name: 'Verify the pack' }).click();
  await page.locator('#answer section').first().waitFor();
}

export type ShownCheck = { readonly mark: string; readonly name: string; readonly detail: string };

export async function shownChecks({ page }: OfflinePage): Promise<ShownCheck[]> {
  return page.locator('.checks li').evaluateAll((lines) =>
    lines.map((line) => {
      const [mark, name, detail] = [...line.querySelectorAll('p')].map((one) => one.textContent);
      return { mark: mark ?? '', name: name ?? '', detail: detail ?? '' };
    }),
  );
}
