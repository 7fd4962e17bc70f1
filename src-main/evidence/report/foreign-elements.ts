// Tells what does not belong into a report.

const knownElements = new Set(
  (
    'html head meta title style body main header nav section h1 h2 h3 p br ol ul li a dl dt dd table caption colgroup col thead tbody tr th td ' +
    'code pre strong bdi data figure figcaption span svg rect line path text'
  ).split(' '),
);

/** Elements of a page that no report of ours has: scripts, frames, pictures, forms. */
export function foreignElements(page: string): string[] {
  const names = new Set<string>();
  for (const [, name = ''] of page.replace(/^<!doctype html>/, '').matchAll(/<\/?([^\s>/]*)/g))
    names.add(name);
  return [...names].filter((name) => !knownElements.has(name));
}
