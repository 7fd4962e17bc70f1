// A table over as many pages as it takes: heads again on each, rows in one piece wherever a page can hold them.
import type { Table } from '../document-model.ts';
import {
  bottom,
  contentWidth,
  drawLines,
  ensure,
  greys,
  left,
  linesOf,
  newPage,
  setText,
  top,
  type Flow,
  type TextStyle,
} from './flow.ts';
import { addElement, drawArtifact, type Element } from './structure.ts';
import type { Line } from './text-lines.ts';

const cellStyle: TextStyle = { size: 7.6, leading: 9.8, face: 'body' };
const headStyle: TextStyle = { ...cellStyle, face: 'bold' };
const captionStyle: TextStyle = { size: 8.8, leading: 13, face: 'bold' };
const padding = { x: 4, y: 3 };

type Place = { readonly x: number; readonly width: number };
type Cells = readonly (readonly Line[])[];

function placesOf({ columns }: Table): Place[] {
  const whole = columns.reduce((sum, { weight }) => sum + weight, 0);
  let x = left;
  return columns.map(({ weight }) => {
    const width = (contentWidth * weight) / whole;
    const place = { x, width };
    x += width;
    return place;
  });
}

const heightOf = (cells: Cells): number =>
  Math.max(1, ...cells.map((lines) => lines.length)) * cellStyle.leading + 2 * padding.y;

const innerWidth = ({ width }: Place): number => width - 2 * padding.x;

/** The ground of a head, and the line below a row. */
function drawRules({ pdf, y }: Flow, height: number, isHead: boolean): void {
  drawArtifact(pdf, 'Layout', () => {
    if (isHead) pdf.rect(left, y, contentWidth, height).fill(greys.pale);
    pdf
      .moveTo(left, y + height)
      .lineTo(left + contentWidth, y + height)
      .lineWidth(isHead ? 0.9 : 0.4)
      .stroke(isHead ? greys.ink : greys.middle);
  });
}

function drawCells(
  flow: Flow,
  cells: Cells,
  places: readonly Place[],
  elements: readonly Element[] | null,
): void {
  for (const [index, lines] of cells.entries()) {
    const place = places[index];
    if (place === undefined || lines.length === 0) continue;
    const style = elements === null ? headStyle : cellStyle;
    const draw = () => drawLines(flow, lines, style, [place.x + padding.x, flow.y + padding.y]);
    if (elements === null) drawArtifact(flow.pdf, 'Layout', draw);
    else elements[index]?.add(draw);
  }
}

/** Draws the heads; those repeated on later pages are not read out again. */
function drawHead(flow: Flow, table: Table, places: readonly Place[], body: Element | null): void {
  const cells = table.columns.map(({ title }, index) =>
    linesOf(flow, [title], headStyle, innerWidth(places[index] ?? { x: 0, width: 0 })),
  );
  const height = heightOf(cells);
  drawRules(flow, height, true);
  if (body === null) drawCells(flow, cells, places, null);
  else {
    const row = addElement(flow.pdf, body, 'TR');
    const elements = cells.map(() => addElement(flow.pdf, row, 'TH', { scope: 'Column' }));
    drawCells(flow, cells, places, elements);
    row.end();
  }
  flow.y += height;
}

/** A row higher than a page goes on over the next one, all of its cells by the same number of lines. */
function drawRow(flow: Flow, table: Table, places: readonly Place[], body: Element, cells: Cells): void {
  const row = addElement(flow.pdf, body, 'TR');
  const elements = cells.map((_, index) =>
    index === 0 ? addElement(flow.pdf, row, 'TH', { scope: 'Row' }) : addElement(flow.pdf, row, 'TD'),
  );
  let rest = cells;
  for (;;) {
    const height = heightOf(rest);
    const fits = flow.y + height <= bottom;
    const room = Math.max(1, Math.floor((bottom - flow.y - 2 * padding.y) / cellStyle.leading));
    const part = fits ? rest : rest.map((lines) => lines.slice(0, room));
    const partHeight = heightOf(part);
    drawCells(flow, part, places, elements);
    drawRules(flow, partHeight, false);
    flow.y += partHeight;
    if (fits) break;
    rest = rest.map((lines) => lines.slice(room));
    newPage(flow);
    drawHead(flow, table, places, null);
  }
  row.end();
}

const cellsOf = (flow: Flow, row: Table['rows'][number], places: readonly Place[]): Cells =>
  row.map((phrase, index) =>
    linesOf(flow, phrase, cellStyle, innerWidth(places[index] ?? { x: 0, width: 0 })),
  );

/** Rows higher than this start where they stand, and go on over the page. */
const highRow = bottom - top - 60;
const startOf = (height: number): number => (height > highRow ? 90 : height);

const rowsBetweenBreaths = 8;

/** Caption and heads never stand alone at the end of a page. */
export function tableStartHeight(flow: Flow, table: Table): number {
  const [first = []] = table.rows;
  const caption = linesOf(flow, [table.caption], captionStyle, contentWidth).length;
  return (caption + 2) * captionStyle.leading + 30 + startOf(heightOf(cellsOf(flow, first, placesOf(table))));
}

export async function setTable(flow: Flow, parent: Element, table: Table): Promise<void> {
  const places = placesOf(table);
  const element = addElement(flow.pdf, parent, 'Table');
  ensure(flow, tableStartHeight(flow, table));
  setText(flow, addElement(flow.pdf, element, 'Caption'), [table.caption], captionStyle);
  drawHead(flow, table, places, addElement(flow.pdf, element, 'THead'));
  const body = addElement(flow.pdf, element, 'TBody');
  for (const [index, row] of table.rows.entries()) {
    if (index % rowsBetweenBreaths === 0) await flow.breathe();
    const cells = cellsOf(flow, row, places);
    if (flow.y + startOf(heightOf(cells)) > bottom) {
      newPage(flow);
      drawHead(flow, table, places, null);
    }
    drawRow(flow, table, places, body, cells);
  }
  element.end();
  flow.y += 12;
}
