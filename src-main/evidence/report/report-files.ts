// The views of a pack, by name: made from its data, for people.

export const pageFile = 'data/report.html';
export const printedReportFile = 'data/report.pdf';

export const reportFiles: readonly string[] = [pageFile, printedReportFile];
