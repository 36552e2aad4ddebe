/**
 * One tab has a case open at a time. Web Locks say so: they end with the tab, however it ends, and work from
 * `file://` in workers of all current browsers.
 */

export interface CaseLock {
  release(): void;
}

/**
 * @param takeOver breaks the lock of another tab, which is told through its `onLost`
 * @param onLost called when another tab took the case over
 * @returns the lock, or null when another tab has it
 */
export function lockCase(id: string, takeOver: boolean, onLost: () => void): Promise<CaseLock | null> {
  return new Promise((resolve) => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((done) => (release = done));
    const options: LockOptions = takeOver ? { steal: true } : { ifAvailable: true };
    navigator.locks
      .request(`trailsift-case-${id}`, options, (lock) => {
        if (lock === null) {
          resolve(null);
          return;
        }
        resolve({ release });
        return held;
      })
      .catch(onLost);
  });
}
