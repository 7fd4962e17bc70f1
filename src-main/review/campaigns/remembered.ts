// Remembers answers to questions that come again and again, and forgets them before they take much memory.

/** The same answers, each found once for as long as it is remembered. @param most so many are remembered at a time */
export function remembered<Answer>(most: number, find: (name: string) => Answer): (name: string) => Answer {
  const known = new Map<string, { readonly answer: Answer }>();
  return (name) => {
    const found = known.get(name);
    if (found) return found.answer;
    const answer = find(name);
    if (known.size >= most) known.clear();
    known.set(name, { answer });
    return answer;
  };
}
