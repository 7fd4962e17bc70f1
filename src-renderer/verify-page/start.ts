// The page of verify.html: takes a pack and whom to believe, asks the verifier, and shows what it answers.
import type { GivenPack, PageAnswer, PageQuestion } from '#shared/model/verify-page.ts';
import { formatBytes } from '../domain/count-words.ts';
import { visibleText } from '../components/visible-text.ts';
import { askVerifier } from './ask-verifier.ts';
import { dropIntoInput, dropZone, keepPage } from './drop-zone.ts';
import { part } from './element.ts';
import { droppedFolder, folderOf, type Folder } from './folder-files.ts';
import { showProblem, showVerified, type ChosenNames } from './show-answer.ts';

type ChosenPack = { readonly given: GivenPack<Blob>; readonly name: string; readonly bytes: number };

const input = (id: string) => part(id, HTMLInputElement);
const told = (id: string) => part(id, HTMLTextAreaElement).value;
const button = (id: string) => part(id, HTMLButtonElement);
const answerPlace = part('answer', HTMLElement);
const say = (text: string): void => {
  part('state', HTMLElement).textContent = text;
};

let pack: ChosenPack | null = null;
let stop: (() => void) | null = null;

/** What was shown is about other files than those chosen now. */
function forget(): void {
  answerPlace.replaceChildren();
  say('');
}

function choose(chosen: ChosenPack | null): void {
  giveUp();
  pack = chosen;
  forget();
  button('verify').disabled = chosen === null;
  part('pack-chosen', HTMLElement).textContent =
    chosen === null
      ? 'Drop the pack here, the zip file or its extracted folder.'
      : `Chosen: ${visibleText(chosen.name)}, ${formatBytes(chosen.bytes)}.`;
}

const chooseFile = (file: File | undefined): void =>
  choose(
    file === undefined ? null : { given: { kind: 'zip', content: file }, name: file.name, bytes: file.size },
  );

function chooseFolder({ name, files }: Folder): void {
  const bytes = files.reduce((sum, { content }) => sum + content.size, 0);
  choose({ given: { kind: 'folder', files }, name: `${name} (a folder of ${files.length} files)`, bytes });
}

function takeDropped(dropped: DataTransfer): void {
  const folder = droppedFolder([...dropped.items]);
  for (const id of ['pack-file', 'pack-folder']) input(id).value = '';
  if (folder === null) {
    if (dropped.files.length === 1) chooseFile(dropped.files[0]);
    else showProblem(answerPlace, 'Drop one pack: a zip file, or its extracted folder.', null);
    return;
  }
  folder.then(chooseFolder, () =>
    showProblem(answerPlace, 'The folder could not be read, so nothing was verified.', null),
  );
}

function question({ given }: ChosenPack): PageQuestion<Blob> {
  return {
    pack: given,
    signers: input('signers').files?.[0] ?? null,
    listSignature: input('list-signature').files?.[0] ?? null,
    rootKey: told('root-key'),
    revoked: [...(input('revoked').files ?? [])],
    compared: told('compared'),
    now: new Date().toISOString(),
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}

function namesOf({ name, bytes }: ChosenPack): ChosenNames {
  return {
    pack: name,
    bytes,
    signers: input('signers').files?.[0]?.name ?? null,
    revoked: [...(input('revoked').files ?? [])].map((file) => file.name),
  };
}

function showBusy(isBusy: boolean): void {
  button('cancel').hidden = !isBusy;
  button('verify').disabled = isBusy || pack === null;
  part('progress', HTMLProgressElement).hidden = !isBusy;
  part('step', HTMLElement).textContent = '';
}

function showStep({ step, share }: Extract<PageAnswer, { kind: 'progress' }>): void {
  part('progress', HTMLProgressElement).value = share;
  part('step', HTMLElement).textContent = `${step} … ${Math.floor(share * 100)} %`;
}

function giveUp(): void {
  stop?.();
  stop = null;
  showBusy(false);
}

function verify(chosen: ChosenPack): void {
  giveUp();
  forget();
  const asked = question(chosen);
  const names = namesOf(chosen);
  const version = document.documentElement.dataset['version'] ?? '';
  showBusy(true);
  say('Verifying the pack.');
  stop = askVerifier(asked, (answer) => {
    if (answer.kind === 'progress') {
      showStep(answer);
      return;
    }
    giveUp();
    say('');
    if (answer.kind === 'problem') showProblem(answerPlace, answer.message, answer.next);
    else showVerified(answerPlace, { answer, chosen: names, at: asked.now, version });
  });
}

function listen(): void {
  keepPage();
  dropZone(part('pack-drop', HTMLElement), takeDropped);
  for (const id of ['signers', 'revoked', 'list-signature'])
    dropIntoInput(part(`${id}-drop`, HTMLElement), input(id));
  input('pack-file').addEventListener('change', () => {
    input('pack-folder').value = '';
    chooseFile(input('pack-file').files?.[0]);
  });
  input('pack-folder').addEventListener('change', () => {
    input('pack-file').value = '';
    const files = [...(input('pack-folder').files ?? [])];
    if (files.length === 0) choose(null);
    else chooseFolder(folderOf(files));
  });
  const startAnew = (): void => {
    giveUp();
    forget();
  };
  for (const id of ['signers', 'revoked', 'list-signature']) input(id).addEventListener('change', startAnew);
  // While typing, and not when the field is left: the page would move from under the pointer that is on the button.
  for (const id of ['root-key', 'compared'])
    part(id, HTMLTextAreaElement).addEventListener('input', startAnew);
  part('form', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault();
    if (pack !== null) verify(pack);
  });
  button('cancel').addEventListener('click', () => {
    giveUp();
    say('Cancelled. Nothing was verified.');
    button('verify').focus();
  });
}

listen();
