// report.pdf: tagged, with its typefaces inside, and the same bytes for the same report.
import { once } from 'node:events';
import PdfKit from 'pdfkit';
import type { ReportDocument, Section } from '../document-model.ts';
import { setBlocks, startHeight } from './blocks.ts';
import { addBookmark } from './bookmarks.ts';
import { contentsHeight, setContents, type ContentsEntry } from './contents.ts';
import {
  contentWidth,
  ensure,
  greys,
  left,
  newPage,
  pageHeight,
  pageWidth,
  setText,
  top,
  type Flow,
  type TextStyle,
} from './flow.ts';
import { writePages } from './inside-pdfkit.ts';
import { addElement, drawArtifact, type Element } from './structure.ts';
import { openTypefaces, returnTypefaces, takeTypefaces, typesetter, type TypefaceSet } from './typefaces.ts';

const titleStyle: TextStyle = { size: 19, leading: 24, face: 'bold' };
const subtitleStyle: TextStyle = { size: 10, leading: 14, face: 'body' };
const sectionStyle: TextStyle = { size: 14, leading: 19, face: 'bold' };

function openPdf(
  { title, packId, language, generatedAt }: ReportDocument,
  typefaces: TypefaceSet,
): PDFKit.PDFDocument {
  const options: PDFKit.PDFDocumentOptions = {
    size: [pageWidth, pageHeight],
    margin: 0,
    pdfVersion: '1.7',
    tagged: true,
    lang: language,
    displayTitle: true,
    bufferPages: true,
    autoFirstPage: false,
    // The identifier of the file is computed from these.
    info: {
      Title: `${title} – evidence pack ${packId}`,
      Subject: `Evidence pack ${packId}`,
      Creator: 'Countersign',
      CreationDate: new Date(generatedAt),
    },
  };
  // Its types do not know these. No typeface here, so that each is opened once, by its name.
  Object.assign(options, { subset: 'PDF/UA', font: null });
  const pdf = new PdfKit(options);
  openTypefaces(pdf, typefaces);
  return pdf;
}

/** The bytes of a document, once it is written to its end. */
async function bytesOf(pdf: PDFKit.PDFDocument): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  pdf.on('data', (chunk: Uint8Array) => chunks.push(chunk));
  await once(pdf, 'end');
  return Buffer.concat(chunks);
}

async function setCover(flow: Flow, root: Element, document: ReportDocument): Promise<void> {
  const { pdf } = flow;
  const cover = addElement(pdf, root, 'Sect');
  drawArtifact(pdf, 'Layout', () => pdf.rect(left, flow.y, contentWidth, 3).fill(greys.ink));
  flow.y += 22;
  const bookmark = addBookmark(flow, pdf.outline, document.title);
  setText(flow, addElement(pdf, cover, 'H1'), [document.title], titleStyle);
  flow.y += 4;
  const subtitle = ['Evidence pack ', { kind: 'code', text: document.packId } as const];
  setText(flow, addElement(pdf, cover, 'P'), subtitle, subtitleStyle);
  flow.y += 16;
  await setBlocks(flow, cover, document.cover, bookmark);
  cover.end();
}

/** Returns where the section starts. */
async function setSection(
  flow: Flow,
  root: Element,
  section: Section,
  title: string,
): Promise<ContentsEntry> {
  const { pdf } = flow;
  const element = addElement(pdf, root, 'Sect');
  if (flow.y > top) flow.y += 16;
  ensure(flow, 40 + Math.max(120, startHeight(flow, section.blocks, 0)));
  const page = pdf.bufferedPageRange().count;
  pdf.addNamedDestination(section.id, 'XYZ', 0, flow.y - 8, 0);
  const bookmark = addBookmark(flow, pdf.outline, title);
  setText(flow, addElement(pdf, element, 'H2'), [title], sectionStyle);
  const { y } = flow;
  drawArtifact(pdf, 'Layout', () =>
    pdf
      .moveTo(left, y + 2)
      .lineTo(left + contentWidth, y + 2)
      .lineWidth(1.2)
      .stroke(greys.ink),
  );
  flow.y += 10;
  await setBlocks(flow, element, section.blocks, bookmark);
  element.end();
  return { id: section.id, title, page };
}

/** Header and footer of every page; a screen reader passes over them. */
function setMargins({ pdf, setter }: Flow, { title, packId }: ReportDocument): void {
  const { count } = pdf.bufferedPageRange();
  const write = (text: string, x: number, y: number) =>
    pdf.text(text, x, y, { lineBreak: false, baseline: 'alphabetic' });
  for (let index = 0; index < count; index += 1) {
    pdf.switchToPage(index);
    const page = `Page ${index + 1} of ${count}`;
    drawArtifact(pdf, 'Pagination', () => {
      pdf.font('body').fontSize(7.6).fillColor(greys.dark);
      if (index > 0) write(title, left, 40);
      write(`Evidence pack ${packId}`, left, pageHeight - 36);
      write(page, pageWidth - left - setter.widthOf(page, 'body', 7.6), pageHeight - 36);
    });
  }
}

/** Sets the contents where room was left for them. */
function setReservedContents(
  flow: Flow,
  { element, list, page, y }: ReservedContents,
  entries: readonly ContentsEntry[],
): void {
  flow.pdf.switchToPage(page);
  flow.y = y;
  setContents(flow, list, entries);
  element.end();
}

type ReservedContents = {
  readonly element: Element;
  readonly list: Element;
  /** From 0. */
  readonly page: number;
  readonly y: number;
};

function reserveContents(flow: Flow, root: Element, entries: number): ReservedContents {
  const { pdf } = flow;
  ensure(flow, contentsHeight(entries));
  const element = addElement(pdf, root, 'Sect');
  flow.y += 12;
  setText(flow, addElement(pdf, element, 'H2'), ['Contents'], sectionStyle);
  const list = addElement(pdf, element, 'TOC');
  const page = pdf.bufferedPageRange().count - 1;
  return { element, list, page, y: flow.y + 6 };
}

async function setDocument(flow: Flow, document: ReportDocument): Promise<void> {
  const { pdf } = flow;
  const root = pdf.struct('Document', { title: document.title });
  pdf.addStructure(root);
  newPage(flow);
  await setCover(flow, root, document);
  const contents = reserveContents(flow, root, document.sections.length);
  newPage(flow);
  const entries: ContentsEntry[] = [];
  for (const [index, section] of document.sections.entries())
    entries.push(await setSection(flow, root, section, `${index + 1} ${section.title}`));
  setReservedContents(flow, contents, entries);
  root.end();
  setMargins(flow, document);
}

/**
 * Prints a report. The same report gives the same bytes; a newer pdfkit may give others.
 * The whole document is held in memory until its last page is set.
 * @param breathe awaited again and again: lets others in, and throws to give up
 */
export async function renderReportPdf(
  document: ReportDocument,
  breathe: () => Promise<void> = () => Promise.resolve(),
): Promise<Uint8Array> {
  const typefaces = takeTypefaces();
  try {
    const pdf = openPdf(document, typefaces);
    const bytes = bytesOf(pdf);
    await setDocument({ pdf, setter: typesetter(pdf), y: top, breathe }, document);
    await writePages(pdf, breathe);
    pdf.end();
    return await bytes;
  } finally {
    returnTypefaces(typefaces);
  }
}
