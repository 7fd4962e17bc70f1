// Reads a list of action names from a text area: one a line.

/** Trimmed, without empty lines and repetitions, in the order written. */
export function parseActions(text: string): string[] {
  const lines = text.split('\n').map((line) => line.trim());
  return [...new Set(lines.filter((line) => line !== ''))];
}

export type ActionChange = { added: string[]; removed: string[] };

/** What saving would change. */
export function actionChange(before: readonly string[], after: readonly string[]): ActionChange {
  return {
    added: after.filter((action) => !before.includes(action)),
    removed: before.filter((action) => !after.includes(action)),
  };
}
