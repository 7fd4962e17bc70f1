// The blocks of a report on pages.
import { assertNever } from '#shared/model/problem.ts';
import type { Block, FactList, Phrase } from '../document-model.ts';
import {
  bottom,
  contentWidth,
  drawLines,
  ensure,
  greys,
  left,
  linesOf,
  setText,
  type Flow,
  type TextStyle,
} from './flow.ts';
import { addBookmark, type Bookmark } from './bookmarks.ts';
import { setFigure } from './figure.ts';
import { plainText } from './runs.ts';
import { addElement, addList, drawArtifact, type Element } from './structure.ts';
import { setTable } from './table.ts';

export const bodyStyle: TextStyle = { size: 9, leading: 12.6, face: 'body' };
const codeStyle: TextStyle = { size: 7.6, leading: 10.2, face: 'mono' };
const headingStyle: TextStyle = { size: 10.2, leading: 13.4, face: 'bold' };
const termStyle: TextStyle = { size: 8.6, leading: 11.8, face: 'body' };
const termWidth = contentWidth * 0.3;
const valuePlace = { x: left + termWidth + 8, width: contentWidth - termWidth - 8 };

function setFacts(flow: Flow, parent: Element, { terms }: FactList): void {
  const list = addList(flow.pdf, parent);
  for (const [term, value] of terms) {
    const labels = linesOf(flow, [term], termStyle, termWidth);
    const values = linesOf(flow, value, termStyle, valuePlace.width);
    const height = Math.max(labels.length, values.length) * termStyle.leading;
    ensure(flow, Math.min(height, 120));
    const item = addElement(flow.pdf, list, 'LI');
    const { y } = flow;
    const label = addElement(flow.pdf, item, 'Lbl');
    label.add(() => drawLines(flow, labels, termStyle, [left, y], 'dark'));
    label.end();
    setText(flow, addElement(flow.pdf, item, 'LBody'), value, termStyle, valuePlace);
    flow.y = Math.max(flow.y, Math.min(y + labels.length * termStyle.leading, bottom)) + 2.4;
  }
  list.end();
  flow.y += 6;
}

function setItems(flow: Flow, parent: Element, items: readonly Phrase[]): void {
  const list = addList(flow.pdf, parent);
  for (const phrase of items) {
    ensure(flow, 2 * bodyStyle.leading);
    const item = addElement(flow.pdf, list, 'LI');
    const { y } = flow;
    const label = addElement(flow.pdf, item, 'Lbl');
    const bullet = linesOf(flow, ['•'], bodyStyle, 10);
    label.add(() => drawLines(flow, bullet, bodyStyle, [left + 4, y]));
    label.end();
    const place = { x: left + 16, width: contentWidth - 16 };
    setText(flow, addElement(flow.pdf, item, 'LBody'), phrase, bodyStyle, place);
    flow.y += 2.5;
  }
  list.end();
  flow.y += 5;
}

function setNote(flow: Flow, parent: Element, phrase: Phrase): void {
  const place = { x: left + 10, width: contentWidth - 20 };
  const height = linesOf(flow, phrase, bodyStyle, place.width).length * bodyStyle.leading + 16;
  ensure(flow, height);
  drawArtifact(flow.pdf, 'Layout', () =>
    flow.pdf.rect(left, flow.y, contentWidth, height).lineWidth(1.2).stroke(greys.ink),
  );
  flow.y += 8;
  setText(flow, addElement(flow.pdf, parent, 'P'), phrase, bodyStyle, place);
  flow.y += 16;
}

/** The height in points without which a block had better start on a new page. */
export function startHeight(block: Block | undefined): number {
  if (block?.kind === 'figure') return block.height + 40;
  return block?.kind === 'table' ? 130 : 50;
}

/** A heading never stands alone at the end of a page. */
function setHeading(
  flow: Flow,
  parent: Element,
  phrase: Phrase,
  { bookmark: bookmarks, next }: { readonly bookmark: Bookmark; readonly next: Block | undefined },
): void {
  flow.y += 8;
  ensure(flow, 3 * headingStyle.leading + startHeight(next));
  addBookmark(flow, bookmarks, flow.setter.printable(plainText(phrase), 'bold'));
  setText(flow, addElement(flow.pdf, parent, 'H3'), phrase, headingStyle);
  flow.y += 4;
}

/** Sets blocks below each other; their headings get bookmarks below the given one. */
export async function setBlocks(
  flow: Flow,
  parent: Element,
  blocks: readonly Block[],
  bookmark: Bookmark,
): Promise<void> {
  for (const [index, block] of blocks.entries()) {
    await flow.breathe();
    if (block.kind === 'heading')
      setHeading(flow, parent, block.phrase, { bookmark, next: blocks[index + 1] });
    else await setBlock(flow, parent, block);
  }
}

async function setBlock(
  flow: Flow,
  parent: Element,
  block: Exclude<Block, { kind: 'heading' }>,
): Promise<void> {
  const { pdf } = flow;
  switch (block.kind) {
    case 'paragraph':
      setText(flow, addElement(pdf, parent, 'P'), block.phrase, bodyStyle);
      flow.y += 6;
      return;
    case 'note':
      return setNote(flow, parent, block.phrase);
    case 'list':
      return setItems(flow, parent, block.items);
    case 'verbatim':
      setText(flow, addElement(pdf, parent, 'P'), [block.text], codeStyle);
      flow.y += 8;
      return;
    case 'facts':
      return setFacts(flow, parent, block);
    case 'table':
      return setTable(flow, parent, block);
    case 'figure':
      return setFigure(flow, parent, block);
    default:
      return assertNever(block);
  }
}
