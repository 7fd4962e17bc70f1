// The table of contents, set when everything else is: only then are the page numbers known.
import { contentWidth, drawLines, greys, left, linesOf, type Flow, type TextStyle } from './flow.ts';
import { addElement, drawArtifact, type Element } from './structure.ts';

const style: TextStyle = { size: 9.2, leading: 14.6, face: 'body' };

export type ContentsEntry = { readonly id: string; readonly title: string; readonly page: number };

export const contentsHeight = (entries: number): number => entries * style.leading + 40;

function setEntry(flow: Flow, list: Element, { id, title, page }: ContentsEntry): void {
  const { pdf, setter, y } = flow;
  const number = String(page);
  const numberX = left + contentWidth - setter.widthOf(number, 'body', style.size);
  const item = addElement(pdf, list, 'TOCI');
  const link = addElement(pdf, addElement(pdf, item, 'Reference'), 'Link');
  const lines = linesOf(flow, [`${title} `], style, contentWidth - 40);
  link.add(() => {
    drawLines(flow, lines, style, [left, y]);
    pdf
      .font('body')
      .fontSize(style.size)
      .text(number, numberX, y + style.leading * 0.76, { lineBreak: false, baseline: 'alphabetic' });
  });
  // A plain string would become a name of PDF.
  const words = new String(`${title}, page ${number}`);
  const options: PDFKit.Mixins.AnnotationOption = {};
  Object.assign(options, { structParent: link, Contents: words });
  pdf.goTo(left, y, contentWidth, style.leading, id, options);
  item.end();
  const from = left + setter.widthOf(`${title}  `, 'body', style.size);
  drawArtifact(pdf, 'Layout', () =>
    pdf
      .moveTo(from, y + style.leading * 0.76)
      .lineTo(numberX - 6, y + style.leading * 0.76)
      .lineWidth(0.5)
      .dash(1, { space: 3 })
      .stroke(greys.middle)
      .undash(),
  );
  flow.y += style.leading;
}

/** @param list the element reserved for the contents. */
export function setContents(flow: Flow, list: Element, entries: readonly ContentsEntry[]): void {
  for (const entry of entries) setEntry(flow, list, entry);
  list.end();
}
