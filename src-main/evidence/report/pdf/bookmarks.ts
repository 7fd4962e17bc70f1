// Bookmarks: the outline a viewer shows beside the pages.
import { pageWidth, type Flow } from './flow.ts';

export type Bookmark = PDFKit.PDFOutline;

/** What pdfkit takes as the place of a bookmark and its types leave out; `left` counts from the right edge of the page. */
type BookmarkOptions = {
  readonly expanded: boolean;
  readonly fit: boolean;
  readonly top: number;
  readonly left: number;
};

/** Adds a bookmark to the place where the next thing goes. */
export function addBookmark({ y }: Flow, parent: Bookmark, title: string): Bookmark {
  const options: BookmarkOptions = { expanded: false, fit: false, top: Math.max(0, y - 6), left: pageWidth };
  return parent.addItem(title, options);
}
