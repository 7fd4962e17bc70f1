// The files by which a pack is judged, where the workspace does not hold them.
import type { GivenTrust } from '#shared/model/trust.ts';
import { FileDrop } from '../../domain/file-drop.tsx';
import { readAsBase64 } from '../../domain/read-as-base64.ts';
import { text } from '../../texts/text.ts';
import styles from './audit-screen.module.css';

export type TrustFiles = { signers: File | null; revoked: File | null; authorities: File | null };
export const noTrustFiles: TrustFiles = { signers: null, revoked: null, authorities: null };

export async function readTrustFiles({ signers, revoked, authorities }: TrustFiles): Promise<GivenTrust> {
  return {
    ...(signers === null ? {} : { signers: await signers.text() }),
    // A list of revoked keys may be binary, so it goes as it is.
    ...(revoked === null ? {} : { revokedList: await readAsBase64(revoked) }),
    ...(authorities === null ? {} : { authorities: await authorities.text() }),
  };
}

type TrustFilesProps = { files: TrustFiles; onFiles: (files: TrustFiles) => void };

export function TrustFileFields({ files, onFiles }: TrustFilesProps) {
  return (
    <div className={styles.pair}>
      <FileDrop
        label={text('evidence:verify.signers')}
        file={files.signers}
        onFile={(signers) => onFiles({ ...files, signers })}
      />
      <FileDrop
        label={text('evidence:verify.revoked')}
        file={files.revoked}
        onFile={(revoked) => onFiles({ ...files, revoked })}
      />
      <FileDrop
        label={text('evidence:verify.authority')}
        accept=".pem,.crt,application/x-pem-file"
        file={files.authorities}
        onFile={(authorities) => onFiles({ ...files, authorities })}
      />
    </div>
  );
}
