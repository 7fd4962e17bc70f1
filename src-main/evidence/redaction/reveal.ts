// Single values behind tokens, with the salts by which anybody can check them.
import { z } from 'zod';
import { Problem } from '#shared/model/problem.ts';
import { saltsOf } from './salts.ts';
import { tokenOf } from './tokens.ts';

export const revealFile = z.strictObject({
  _type: z.literal('urn:countersign:revealed-values:v1'),
  values: z
    .array(
      z.strictObject({
        token: z.string().regex(/^sha256:[0-9a-f]{64}$/),
        salt: z.string().regex(/^[0-9a-f]{64}$/),
        value: z.string(),
      }),
    )
    .min(1)
    .max(10_000),
});
export type RevealFile = z.infer<typeof revealFile>;

/** @param nonce of the redacted pack the values are in */
export function revealValues(secret: Buffer, nonce: string, values: readonly string[]): RevealFile {
  const { saltOf } = saltsOf(secret, nonce);
  const revealed = values.map((value) => {
    const salt = saltOf(value);
    return { token: tokenOf(salt, value), salt: salt.toString('hex'), value };
  });
  return { _type: 'urn:countersign:revealed-values:v1', values: revealed };
}

/** @throws Problem `file-unreadable` */
export function parseRevealFile(text: string): RevealFile {
  try {
    return revealFile.parse(JSON.parse(text));
  } catch (cause) {
    throw new Problem(
      'file-unreadable',
      'The file of revealed values cannot be read, so nothing was verified.',
      {
        next: 'It is what “countersign reveal” writes.',
        cause,
      },
    );
  }
}
