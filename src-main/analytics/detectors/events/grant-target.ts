// Reads who gets a right out of the metadata of a privilege change.

/** Where a target was named. */
export type TargetSource = 'target' | 'request' | 'user';

export interface NamedTarget {
  readonly name: string;
  /** Key in the metadata, as written there. */
  readonly key: string;
  readonly source: TargetSource;
}

/** Keys that can only mean the one a change is for; compared without case, “_” and “-”. */
const targetKeys = new Set(
  (
    'target targets targetuser targetuserid targetusername targetid targetactor targetname targetprincipal grantee granteeid ' +
    'subjectuser member memberid membername assignee assigneeid recipient recipientid beneficiary grantedto assignedto ' +
    'affecteduser affecteduserid'
  ).split(' '),
);
/** Keys that mean the target inside of a request, and otherwise may as well mean the one who acts. */
const userKeys = new Set(
  'user userid username subject subjectid subjectname principal principalid'.split(' '),
);
const onlyInRequests = new Set('useremail login loginname account accountname email'.split(' '));
const requestKeys = new Set('request requestparameters parameters params input'.split(' '));
/** Keys under which sources pack their own record. */
const wrappers = new Set('raw detail details payload data event context changes'.split(' '));
const nameKeys = new Set(
  'id userid username name login email alternateid displayname principalid value'.split(' '),
);

/**
 * Whoever a privilege change names as its target; empty when the text is no JSON object or names nobody.
 * @param metadata JSON text as the source printed it, or null.
 */
export function namedTargets(metadata: string | null): NamedTarget[] {
  const found: NamedTarget[] = [];
  const record = parseObject(metadata);
  if (record !== null) collect(record, false, 2, found);
  return found;
}

type JsonObject = Readonly<Record<string, unknown>>;

function parseObject(text: string | null): JsonObject | null {
  if (text === null || !text.trimStart().startsWith('{')) return null;
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch (error) {
    // What cannot be read names nobody: the target stays unknown.
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function collect(record: JsonObject, isRequest: boolean, depth: number, found: NamedTarget[]): void {
  for (const [key, value] of Object.entries(record)) {
    const plain = plainKey(key);
    const source = sourceOf(plain, isRequest);
    if (source !== null) for (const name of namesIn(value)) found.push({ name, key, source });
    else if (depth > 0 && isObject(value) && (requestKeys.has(plain) || wrappers.has(plain)))
      collect(value, isRequest || requestKeys.has(plain), depth - 1, found);
  }
}

function sourceOf(plain: string, isRequest: boolean): TargetSource | null {
  if (targetKeys.has(plain)) return 'target';
  if (isRequest) return userKeys.has(plain) || onlyInRequests.has(plain) ? 'request' : null;
  return userKeys.has(plain) ? 'user' : null;
}

function plainKey(key: string): string {
  return key.toLowerCase().replaceAll(/[_\-.\s]/g, '');
}

/** A text, a number, an object with a name, or a list of these. */
function namesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.slice(0, 100).flatMap((part: unknown) => namesOf(part));
  return namesOf(value);
}

function namesOf(value: unknown): string[] {
  if (typeof value === 'string') return value.trim() === '' ? [] : [value];
  if (typeof value === 'number') return [String(value)];
  if (!isObject(value)) return [];
  return Object.entries(value)
    .filter(([key, part]) => nameKeys.has(plainKey(key)) && typeof part === 'string' && part.trim() !== '')
    .map(([, part]) => String(part));
}
