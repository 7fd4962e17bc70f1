// The files of an extracted pack, from a folder that was chosen or dropped; their names begin inside that folder.

export type FolderFile = { readonly name: string; readonly content: File };
export type Folder = { readonly name: string; readonly files: readonly FolderFile[] };

/** More than any pack has; whoever drops a disk is told soon. */
const mostFiles = 10_001;

/** @param chosen the files of a folder input: their relative paths begin with the folder itself */
export function folderOf(chosen: readonly File[]): Folder {
  const name = chosen[0]?.webkitRelativePath.split('/')[0] ?? '';
  return {
    name,
    files: chosen.map((file) => ({ name: file.webkitRelativePath.slice(name.length + 1), content: file })),
  };
}

const fileOf = (entry: FileSystemFileEntry) =>
  new Promise<File>((resolve, reject) => entry.file(resolve, reject));

/** A directory tells its entries in portions, and none when there are no more. */
function nextEntries(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  return new Promise((resolve, reject) => reader.readEntries(resolve, reject));
}

async function collect(
  directory: FileSystemDirectoryEntry,
  prefix: string,
  into: FolderFile[],
): Promise<void> {
  const reader = directory.createReader();
  for (;;) {
    const entries = await nextEntries(reader);
    if (entries.length === 0 || into.length >= mostFiles) return;
    for (const entry of entries) {
      const name = `${prefix}${entry.name}`;
      if (isDirectory(entry)) await collect(entry, `${name}/`, into);
      else if (isFile(entry)) into.push({ name, content: await fileOf(entry) });
    }
  }
}

const isDirectory = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;
const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;

/** What was dropped, when it is one folder; null otherwise. Must be called while the drop is handled. */
export function droppedFolder(items: readonly DataTransferItem[]): Promise<Folder> | null {
  const [entry, ...others] = items.map((item) => item.webkitGetAsEntry());
  if (entry === null || entry === undefined || others.length > 0 || !isDirectory(entry)) return null;
  const files: FolderFile[] = [];
  return collect(entry, '', files).then(() => ({ name: entry.name, files }));
}
