// Reads a PDF back the way viewers and screen readers do.
import { getDocumentProxy } from 'unpdf';
import { z } from 'zod';

type Proxy = Awaited<ReturnType<typeof getDocumentProxy>>;
type Page = Awaited<ReturnType<Proxy['getPage']>>;
type Tree = Awaited<ReturnType<Page['getStructTree']>>;

export type Tagged = {
  /** Roles with the roles above them, such as `Document/Sect/H2`. */
  readonly paths: ReadonlySet<string>;
  readonly alternatives: readonly string[];
  /** Content a screen reader reaches. */
  readonly reached: ReadonlySet<string>;
};

const link = z
  .object({ dest: z.string(), contentsObj: z.object({ str: z.string() }) })
  .transform(({ dest, contentsObj }) => ({ destination: dest, words: contentsObj.str }));

export type ReadPage = Tagged & {
  readonly text: string;
  /** Text that is neither tagged nor marked as an artifact. */
  readonly stray: string;
  /** Tagged content, by its id. */
  readonly marked: ReadonlySet<string>;
  readonly artifacts: string;
  /** Text marked as standing in another order than it is read in. */
  readonly reversed: string;
  readonly links: readonly z.infer<typeof link>[];
};

function walk(tree: Tree): Tagged {
  const paths = new Set<string>();
  const reached = new Set<string>();
  const alternatives: string[] = [];
  const visit = (node: Record<string, unknown>, above: string): void => {
    if (node['type'] === 'content') reached.add(String(node['id']));
    const path = typeof node['role'] === 'string' ? `${above}/${node['role']}` : above;
    if (typeof node['role'] === 'string') paths.add(path.slice(1));
    if (typeof node['alt'] === 'string') alternatives.push(node['alt']);
    for (const child of (node['children'] as Record<string, unknown>[] | undefined) ?? []) visit(child, path);
  };
  // The outermost node is the tree itself.
  for (const child of tree?.children ?? []) visit(child, '');
  return { paths, reached, alternatives };
}

/** Its types leave the tag out. */
const tagOf = (item: object): string => ('tag' in item ? String(item.tag) : '');

async function contentOf(page: Page) {
  const { items } = await page.getTextContent({ includeMarkedContent: true });
  const open: { tag: string; id: string | null }[] = [];
  const marked = new Set<string>();
  const found = { text: '', stray: '', artifacts: '', reversed: '' };
  for (const item of items) {
    if (!('str' in item)) {
      if (item.type === 'endMarkedContent') open.pop();
      else open.push({ tag: tagOf(item), id: item.id || null });
      continue;
    }
    const text = item.str + (item.hasEOL ? '\n' : '');
    // Marks inside of tagged content, such as that of text running backwards, have no id of their own.
    const inside = open.findLast(({ tag, id }) => tag === 'Artifact' || id !== null);
    if (inside?.tag === 'Artifact') found.artifacts += text;
    else found.text += text;
    if (open.at(-1)?.tag === 'ReversedChars') found.reversed += text;
    if (inside?.id) marked.add(inside.id);
    else if (inside?.tag !== 'Artifact' && text.trim() !== '') found.stray += text;
  }
  return { ...found, marked };
}

async function readPage(page: Page): Promise<ReadPage> {
  const annotations = await page.getAnnotations();
  return {
    ...walk(await page.getStructTree()),
    ...(await contentOf(page)),
    links: annotations.map((annotation) => link.parse(annotation)),
  };
}

export async function readPdf(bytes: Uint8Array) {
  // pdf.js takes its argument over.
  const document = await getDocumentProxy(Uint8Array.from(bytes));
  const pages: ReadPage[] = [];
  for (let number = 1; number <= document.numPages; number += 1)
    pages.push(await readPage(await document.getPage(number)));
  const { info, metadata } = await document.getMetadata();
  const outline = (await document.getOutline()) ?? [];
  return {
    pages,
    text: pages.map(({ text }) => text).join('\n'),
    info: info as Readonly<Record<string, unknown>>,
    title: metadata?.get('dc:title') as unknown,
    marks: await document.getMarkInfo(),
    bookmarks: outline.map(({ title }) => title),
    destinations: Object.keys(await document.getDestinations()),
  };
}

/** Where on its page each of these words stands first, in points. */
export async function placesOf(
  bytes: Uint8Array,
  words: readonly string[],
): Promise<{ x: number; y: number }[]> {
  const document = await getDocumentProxy(Uint8Array.from(bytes));
  const places = new Map<string, { x: number; y: number }>();
  for (let number = 1; number <= document.numPages; number += 1) {
    const { items } = await (await document.getPage(number)).getTextContent();
    for (const item of items) {
      if (!('str' in item) || places.has(item.str)) continue;
      const [, , , , x = NaN, y = NaN] = item.transform as number[];
      places.set(item.str, { x, y });
    }
  }
  return words.map((word) => places.get(word) ?? { x: NaN, y: NaN });
}
