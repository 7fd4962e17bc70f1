// The tables a table consists of.

/**
 * SQL for the table named by $1 and all that inherit from it: partitions of partitions, and the chunks of a hypertable.
 * To be written as `WITH RECURSIVE …`, then read from `member`.
 */
export const tableMembers = `member(oid) AS (
    SELECT $1::regclass::oid
    UNION SELECT i.inhrelid FROM pg_inherits i JOIN member ON i.inhparent = member.oid)`;
