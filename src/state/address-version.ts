/**
 * Versions of the address: `#v1?…`. A version is raised when the meaning of a parameter changes, never when one is
 * added; then the parameters of the version before get an upgrader here, so that every link that was ever passed on
 * still opens.
 */

/** Version that is written. */
export const VERSION = 1;

/** Makes the parameters of one version those of the next. */
export type Upgrader = (parts: URLSearchParams) => URLSearchParams;

/** Upgraders by the version that they read. So far there was one version, and there is nothing to upgrade. */
export const UPGRADERS: Readonly<Record<number, Upgrader>> = {};

/** Versions before `version` that nothing upgrades: none, or old links would be lost. */
export function missingUpgraders(version = VERSION, upgraders = UPGRADERS): number[] {
  return Array.from({ length: version - 1 }, (_, i) => i + 1).filter((one) => upgraders[one] === undefined);
}

/** The parameters of an address in terms of `version`; null for one that is not ours, or newer. */
export function partsOf(hash: string, version = VERSION, upgraders = UPGRADERS): URLSearchParams | null {
  const [, digits, text = ''] = /^#?v([1-9]\d{0,3})(?:\?(.*))?$/s.exec(hash) ?? [];
  if (digits === undefined || Number(digits) > version) return null;
  let parts = new URLSearchParams(text);
  for (let from = Number(digits); from < version; from++) {
    const upgrade = upgraders[from];
    if (!upgrade) return null;
    parts = upgrade(parts);
  }
  return parts;
}
