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
  top,
  type Flow,
  type TextStyle,
} from './flow.ts';
import { addBookmark, type Bookmark } from './bookmarks.ts';
import { figureHeight, setFigure } from './figure.ts';
import { plainText } from './runs.ts';
import { addElement, addList, drawArtifact, type Element } from './structure.ts';
import { setTable, tableStartHeight } from './table.ts';

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

/** Blocks that are kept together go to a new page together; more of them than this had better be broken. */
const mostKept = (bottom - top) * 0.6;

/** A short paragraph, or list of facts, says what the figure or table below it is about. */
const shortHeight = 6 * bodyStyle.leading;

/**
 * The height in points without which a block had better start on a new page, with what has to stay below it: something
 * below a heading, and a figure, table or list below the few lines that lead to it.
 */
export function startHeight(flow: Flow, blocks: readonly Block[], index: number): number {
  const block = blocks[index];
  if (block === undefined) return 0;
  const next = blocks[index + 1];
  const rest = (): number => startHeight(flow, blocks, index + 1);
  switch (block.kind) {
    case 'heading':
      return (
        12 + linesOf(flow, block.phrase, headingStyle, contentWidth).length * headingStyle.leading + rest()
      );
    case 'paragraph': {
      const lines = linesOf(flow, block.phrase, bodyStyle, contentWidth).length;
      const height = lines * bodyStyle.leading;
      const leads = height <= shortHeight && next !== undefined && next.kind !== 'heading';
      return leads ? Math.min(height + 6 + rest(), mostKept) : Math.min(lines, 2) * bodyStyle.leading;
    }
    case 'facts': {
      const height = factsHeight(flow, block);
      const leads = height <= shortHeight && next?.kind === 'figure';
      return leads ? Math.min(height + rest(), mostKept) : firstTermHeight(flow, block);
    }
    case 'figure':
      return figureHeight(flow, block) + (next?.kind === 'facts' ? 2 * termStyle.leading : 0);
    case 'table':
      return tableStartHeight(flow, block);
    case 'note':
    case 'list':
    case 'verbatim':
      return 3 * bodyStyle.leading;
    default:
      return assertNever(block);
  }
}

const termHeight = (flow: Flow, [term, value]: FactList['terms'][number]): number =>
  Math.max(
    linesOf(flow, [term], termStyle, termWidth).length,
    linesOf(flow, value, termStyle, valuePlace.width).length,
  ) * termStyle.leading;

const factsHeight = (flow: Flow, { terms }: FactList): number =>
  terms.reduce((sum, term) => sum + termHeight(flow, term) + 2.4, 6);

const firstTermHeight = (flow: Flow, { terms: [first] }: FactList): number =>
  first === undefined ? 0 : Math.min(termHeight(flow, first), 120);

/** A heading never stands alone at the end of a page. */
function setHeading(flow: Flow, parent: Element, phrase: Phrase, bookmarks: Bookmark): void {
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
    if (block.kind === 'heading' && flow.y > top) flow.y += 8;
    ensure(flow, startHeight(flow, blocks, index));
    if (block.kind === 'heading') setHeading(flow, parent, block.phrase, bookmark);
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
