import type { TestPage } from './page.ts';

/** A task of the page's main thread, ms: by the clock, and of the processor alone. */
export interface Task {
  ms: number;
  cpu: number;
}

interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  /** Microseconds, in all and on the processor. */
  dur?: number;
  tdur?: number;
  args: { name?: string };
}

/**
 * Does something and tells of the main thread's tasks meanwhile that took over 50 ms by the clock, longest first.
 * The browser's own trace, because it tells what of that the thread had the processor for: the rest is other
 * programs' doing. Chromium only.
 */
export async function longTasksDuring(page: TestPage, act: () => Promise<void>): Promise<Task[]> {
  const { chromium } = page.driver;
  if (!chromium) throw new Error('Only Chromium tells of its tasks.');
  const session = await chromium.context().newCDPSession(chromium);
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => {
    for (const event of value) events.push(event as unknown as TraceEvent);
  });
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel'] },
  });
  await act();
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.end');
  await complete;
  await session.detach();
  const threadOf = ({ pid, tid }: TraceEvent): string => `${pid}/${tid}`;
  const mainThreads = new Set(
    events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain').map(threadOf),
  );
  const tasks = events
    .filter((event) => event.name === 'ThreadControllerImpl::RunTask' && mainThreads.has(threadOf(event)))
    .map(({ dur = 0, tdur = dur }) => ({ ms: Math.round(dur / 1000), cpu: Math.round(tdur / 1000) }));
  if (tasks.length === 0) throw new Error('The trace holds no task of the main thread.');
  return tasks.filter(({ ms }) => ms > 50).sort((a, b) => b.ms - a.ms);
}
