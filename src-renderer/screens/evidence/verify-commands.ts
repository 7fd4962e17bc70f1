// The commands with which a stranger checks a pack, filled in for one that was just written.

/** For a POSIX shell inside the extracted pack; `allowed_signers` holds the line handed over apart from the pack. */
export function verifyCommands(pack: { name: string; sha256: string; identity: string }): string {
  return [
    `echo '${pack.sha256}  ${pack.name}' | sha256sum -c`,
    `unzip ${quoteForShell(pack.name)} -d pack && cd pack`,
    'sha256sum --strict -c tagmanifest-sha256.txt',
    'sha256sum --strict -c manifest-sha256.txt',
    'diff <(cut -c67- manifest-sha256.txt | LC_ALL=C sort) <(find data -type f | LC_ALL=C sort)',
    `for s in signatures/*.sig; do ssh-keygen -Y verify -f allowed_signers -I ${quoteForShell(pack.identity)} \\`,
    '  -n countersign-evidence-pack -s "$s" < tagmanifest-sha256.txt; done',
  ].join('\n');
}

function quoteForShell(text: string): string {
  return /^[\w.@/-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
