/** What the tests note inside the page, from before its first script on. */
export interface Observations {
  /** Effective directive and blocked address of each violation of the page's policy. */
  violations: string[];
  /** Tasks of the main thread that took over 50 ms: start and length, ms. Only Chromium tells. */
  longTasks: { start: number; ms: number }[];
}

declare global {
  interface Window {
    trailsiftTest: Observations;
  }
}

/** Runs in the page, so it may use nothing from this file. */
export function installObservers(): void {
  const observations: Observations = { violations: [], longTasks: [] };
  window.trailsiftTest = observations;
  document.addEventListener('securitypolicyviolation', (event) => {
    observations.violations.push(`${event.effectiveDirective} ${event.blockedURI}`);
  });
  if (PerformanceObserver.supportedEntryTypes.includes('longtask')) {
    new PerformanceObserver((list) => {
      for (const task of list.getEntries()) {
        observations.longTasks.push({ start: task.startTime, ms: task.duration });
      }
    }).observe({ type: 'longtask', buffered: true });
  }
}
