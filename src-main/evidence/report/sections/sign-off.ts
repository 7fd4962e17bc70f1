// Who stands for the pack: where signatures and sign-offs are, and how to check them. What is signed later cannot stand here.
import type { PackPredicate } from '../../statement.ts';
import { code, given, paragraph, tableOrNone, type Block } from '../document-model.ts';
import { clipped } from '../visible-text.ts';

/** The first eight hex digits of a fingerprint, by which its files are named; null where it is none. */
function shortForm(fingerprint: string): string | null {
  const base64 = /^SHA256:([A-Za-z0-9+/]{43})$/.exec(fingerprint)?.[1];
  if (base64 === undefined) return null;
  const digits = Array.from(atob(base64).slice(0, 4), (byte) =>
    byte.charCodeAt(0).toString(16).padStart(2, '0'),
  );
  return digits.join('');
}

const filesOf = (role: string, key: string) => [
  code(`signatures/${role}-${key}.sig`),
  '\n',
  code(`sign-offs/${role}-${key}.json`),
];

export function signOffBlocks({ preparer }: PackPredicate): Block[] {
  const key = shortForm(preparer.fingerprint) ?? '<key>';
  return [
    paragraph(
      'This report was made before anybody signed. Signatures and sign-offs are added to the pack beside its data, so that they change nothing in it; therefore this page cannot tell who signed, nor whether anybody approved.',
    ),
    tableOrNone(
      'Where sign-offs stand in the pack',
      [
        { title: 'Role', weight: 16 },
        { title: 'Who', weight: 34 },
        { title: 'Files', weight: 50 },
      ],
      [
        [['Preparer'], [given(clipped(preparer.identity)), ' (claimed)'], filesOf('preparer', key)],
        [
          ['Approver'],
          ['somebody else than the preparer, about whom nothing is decided in this pack'],
          filesOf('approver', '<key>'),
        ],
      ],
    ),
    paragraph(
      'A signature is over tagmanifest-sha256.txt, and by that over every byte of the pack’s data, this report included. A sign-off says in which role, when by the signer’s own clock, and with which words. <key> are the first eight hex digits of the SHA-256 of the signer’s key.',
    ),
    paragraph(
      'To check them, with the list of allowed signers that the organisation gave you by another way:',
    ),
    {
      kind: 'list',
      items: [
        [
          code('countersign verify PACK.zip --signers org_signers'),
          ' names everybody who signed off, in which role, and says where nobody approved, or where the approver is the preparer; verify.html does the same without a program.',
        ],
        [
          code(
            'ssh-keygen -Y verify -f org_signers -I IDENTITY -n countersign-sign-off -s NAME.json.sig < NAME.json',
          ),
          ' checks a sign-off by hand. VERIFY.txt in the pack has every step.',
        ],
      ],
    },
  ];
}
