// The rights of the story, in a table as an application has one: everybody’s, with what an auditor asks about among them.
import type { Client } from 'pg';
import { people } from './desk.ts';

const { rita, bert } = people;

/** Who takes a part of their own in the story. */
export const cast = {
  /** Left the company; an administrator takes the right away. */
  gone: 'paul.past',
  /** Left as well, and nobody took the right away. */
  left: 'petra.past',
  /** To be changed; somebody grants it anew instead. */
  changed: 'mona.mover',
  /** Rita and Bert decide differently about it. */
  disputed: 'dora.disputed',
  /** Another account of Rita’s, which Olga does not know about. */
  second: 'rr-admin',
};

type Right = {
  account: string;
  kind?: 'user' | 'service' | 'shared';
  role?: 'reader' | 'editor' | 'admin';
  system?: string;
  manager: string | null;
  admin?: boolean | null;
  enabled?: boolean;
  unusedDays?: number;
};

const readers = Array.from({ length: 40 }, (_, n) => ({
  account: `reader.${String(n + 1).padStart(2, '0')}`,
  manager: n % 2 === 0 ? rita.email : bert.email,
}));

const rights: readonly Right[] = [
  ...readers,
  // The source says it twice.
  readers[3]!,
  { account: rita.email, manager: rita.email },
  { account: cast.second, role: 'admin', admin: true, manager: rita.email },
  { account: cast.gone, role: 'editor', manager: rita.email, enabled: false },
  { account: cast.left, role: 'editor', manager: rita.email, enabled: false },
  { account: cast.changed, role: 'editor', manager: rita.email },
  { account: cast.disputed, role: 'editor', manager: rita.email },
  { account: 'dan.dormant', manager: rita.email, unusedDays: 300 },
  { account: 'dina.dormant', manager: bert.email, unusedDays: 200 },
  { account: 'ada.admin', role: 'admin', admin: true, manager: bert.email },
  { account: 'svc-billing', kind: 'service', role: 'editor', manager: bert.email, admin: null },
  { account: 'frontdesk', kind: 'shared', manager: bert.email },
  { account: 'nobody.knows', manager: null },
  ...Array.from({ length: 5 }, (_, n) => ({ account: `tester.${n}`, system: 'sandbox', manager: null })),
];

export async function makeRights(owner: Client): Promise<void> {
  await owner.query(`
    CREATE TABLE user_roles (account text, kind text, role text, system text, manager_email text,
      is_admin boolean, enabled boolean, granted_at timestamptz, last_used timestamptz);
    GRANT SELECT ON user_roles TO PUBLIC`);
  for (const { account, kind, role, system, manager, admin, enabled, unusedDays } of rights)
    await owner.query(
      `INSERT INTO user_roles VALUES ($1, $2, $3, $4, $5, $6, $7, '2026-02-03T09:00:00Z', now() - $8 * interval '1 day')`,
      [
        account,
        kind ?? 'user',
        role ?? 'reader',
        system ?? 'crm',
        manager,
        admin === undefined ? false : admin,
        enabled ?? true,
        unusedDays ?? 3,
      ],
    );
  // As the campaign finds it, for what is compared later.
  await owner.query('CREATE TABLE user_roles_at_first AS TABLE user_roles');
}

/** How many rows, and how many different rights in scope, the database itself counts. */
export async function countRights(owner: Client): Promise<{ rows: number; items: number; excluded: number }> {
  const { rows } = await owner.query<{ rows: number; items: number; excluded: number }>(`
    SELECT count(*) FILTER (WHERE system <> 'sandbox')::int AS rows,
      count(DISTINCT (account, role, system)) FILTER (WHERE system <> 'sandbox')::int AS items,
      count(*) FILTER (WHERE system = 'sandbox')::int AS excluded
    FROM user_roles`);
  return rows[0]!;
}

/** What is new, gone and the same since the first campaign, as the database itself says. */
export async function differenceInSql(
  owner: Client,
): Promise<Record<'added' | 'removed' | 'unchanged', string[]>> {
  const named = async (sql: string) => {
    const { rows } = await owner.query<{ account: string }>(
      `SELECT DISTINCT account FROM (${sql}) AS found ORDER BY 1`,
    );
    return rows.map(({ account }) => account);
  };
  const now = `SELECT account, role, system FROM user_roles WHERE system <> 'sandbox'`;
  const then = `SELECT account, role, system FROM user_roles_at_first WHERE system <> 'sandbox'`;
  return {
    added: await named(`${now} EXCEPT ${then}`),
    removed: await named(`${then} EXCEPT ${now}`),
    unchanged: await named(`${now} INTERSECT ${then}`),
  };
}
