// Tells what is due as notifications of the desktop: at start and every hour, each once a step.
import { Notification, type BrowserWindow } from 'electron';
import { placeOfDue } from '#shared/model/campaign-calendar.ts';
import { calendarOf } from '../../review/campaigns/calendar.ts';
import { reminderTelling, remindersOf, type Reminder } from '../../review/campaigns/reminders.ts';
import { readTold, writeTold } from '../../review/campaigns/told-reminders.ts';
import type { Workstation } from '../../workstation.ts';
import { showPlaceChannel } from './channels.ts';

const everyMs = 3_600_000;
/** Whatever is told is due tomorrow, or was before. */
const daysAhead = 1;

/** Starts telling. @returns how to stop */
export function startReminders(workstation: Workstation, window: BrowserWindow): () => void {
  // A notification that is collected cannot be clicked any more.
  const shown = new Set<Notification>();
  const tell = () =>
    tellOnce(workstation, (reminder) => show(reminder, window, shown)).catch((error: unknown) =>
      workstation.log('What is due could not be told.', error),
    );
  void tell();
  const timer = setInterval(() => void tell(), everyMs);
  return () => clearInterval(timer);
}

/** Where the desktop shows no notifications nothing counts as told. */
async function tellOnce(workstation: Workstation, showOne: (reminder: Reminder) => void): Promise<void> {
  if (!Notification.isSupported()) return;
  const { ledger, clock, directory } = workstation;
  const { notices } = calendarOf(ledger.state().campaigns.byId.values(), clock.nowMs(), daysAhead);
  const { tell, told } = reminderTelling(notices, await readTold(directory));
  if (tell.length === 0) return;
  remindersOf(tell).forEach(showOne);
  await writeTold(directory, told);
}

function show({ title, body, notices }: Reminder, window: BrowserWindow, shown: Set<Notification>): void {
  const notification = new Notification({ title, body });
  const [only, ...more] = notices;
  const place = only !== undefined && more.length === 0 ? placeOfDue(only) : 'calendar';
  notification.on('click', () => {
    shown.delete(notification);
    if (window.isDestroyed()) return;
    if (window.isMinimized()) window.restore();
    window.focus();
    window.webContents.send(showPlaceChannel, `/campaigns/${place}`);
  });
  notification.on('close', () => shown.delete(notification));
  shown.add(notification);
  notification.show();
}
