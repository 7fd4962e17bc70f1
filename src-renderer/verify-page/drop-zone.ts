// A place that takes dropped files; the file input inside it does the same for the keyboard.

const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;

/** @param onDrop is given what was dropped while the browser still lets it be read */
export function dropZone(zone: HTMLElement, onDrop: (dropped: DataTransfer) => void): void {
  zone.addEventListener('dragover', (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    zone.classList.add('over');
  });
  zone.addEventListener('dragleave', () => zone.classList.remove('over'));
  zone.addEventListener('drop', (event) => {
    event.preventDefault();
    event.stopPropagation();
    zone.classList.remove('over');
    if (event.dataTransfer !== null) onDrop(event.dataTransfer);
  });
}

/** Dropped files go into the input, as if they had been chosen there. */
export function dropIntoInput(zone: HTMLElement, input: HTMLInputElement): void {
  dropZone(zone, ({ files }) => {
    if (files.length === 0) return;
    input.files = files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  });
}

/** A file dropped beside every place must not take the place of this page. */
export function keepPage(): void {
  for (const kind of ['dragover', 'drop'] as const)
    document.addEventListener(kind, (event) => event.preventDefault());
}
