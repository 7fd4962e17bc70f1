// What a schema found wrong with something a person wrote, in a sentence. Pure; values never stand in it.

/** As zod tells it; what it tells depends on the code. */
export type Issue = {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly message: string;
};

/** How the place of an issue is called, and what may stand there. */
export type IssuePlace = {
  /** In words, in the middle of a sentence. */
  readonly words: string;
  /** The members it may have. */
  readonly members?: readonly string[] | undefined;
  /** What the pattern it has to match asks for. */
  readonly format?: string | undefined;
  /** What it may be, where that is one of several kinds. */
  readonly choices?: readonly string[] | undefined;
};

/** A sentence that begins with the place and says what is allowed there. */
export function issueInWords(issue: Issue, place: IssuePlace): string {
  const { words } = place;
  const begin = words.charAt(0).toUpperCase() + words.slice(1);
  const rest = ruleInWords(issue, place);
  return rest === null ? `${begin}: ${withPoint(issue.message)}` : `${begin} ${rest}.`;
}

const withPoint = (sentence: string): string => (/[.!?]$/.test(sentence) ? sentence : `${sentence}.`);

function ruleInWords(issue: Issue, place: IssuePlace): string | null {
  switch (issue.code) {
    case 'too_small':
      return boundInWords(issue, 'minimum');
    case 'too_big':
      return boundInWords(issue, 'maximum');
    case 'unrecognized_keys':
      return unknownInWords(issue, place);
    case 'invalid_value':
      return choiceInWords(listIn(issue, 'values').map(String));
    case 'invalid_union':
      return place.choices === undefined ? 'is of no kind that is known here' : choiceInWords(place.choices);
    case 'invalid_type':
      return typeInWords(issue);
    case 'invalid_format':
      return place.format === undefined ? null : `has to be ${place.format}`;
    default:
      return null;
  }
}

/** What zod tells beside the code; it differs from code to code. */
function told(issue: Issue, name: string): unknown {
  return Object.entries(issue).find(([member]) => member === name)?.[1];
}

function listIn(issue: Issue, name: string): readonly unknown[] {
  const list = told(issue, name);
  return Array.isArray(list) ? list : [];
}

function boundInWords(issue: Issue, bound: 'minimum' | 'maximum'): string {
  const [limit, origin] = [Number(told(issue, bound)), told(issue, 'origin')];
  const isLeast = bound === 'minimum';
  const atWhat = isLeast ? 'at least' : 'at most';
  if (origin === 'string')
    return isLeast && limit === 1 ? 'must not be empty' : `has to have ${atWhat} ${limit} characters`;
  if (origin === 'array' || origin === 'set')
    return isLeast && limit === 1 ? 'must not be empty' : `has to have ${atWhat} ${limit} entries`;
  return `has to be ${atWhat} ${limit}`;
}

function unknownInWords(issue: Issue, { members }: IssuePlace): string {
  const keys = listIn(issue, 'keys').map((key) => `“${String(key)}”`);
  const allowed = members === undefined ? '' : `; it may hold: ${members.join(', ')}`;
  return `holds ${keys.join(', ')}, which is not known there${allowed}`;
}

const choiceInWords = (values: readonly string[]): string =>
  values.length === 1 ? `has to be “${values[0]}”` : `has to be one of: ${values.join(', ')}`;

const types: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

function typeInWords(issue: Issue): string {
  if (issue.message.endsWith('received undefined')) return 'is missing';
  const expected = String(told(issue, 'expected'));
  return `has to be ${types[expected] ?? expected}`;
}
