/** Names of keys: `j`, `?`, `Escape`, `Mod+k`, `Alt+ArrowDown`. `Mod` is Ctrl, and Cmd on a Mac. */

/** How a pressed key is spelled; with `Mod` or `Alt`, Shift is said and letters are small. */
export function keyOf({
  key,
  ctrlKey,
  metaKey,
  altKey,
  shiftKey,
}: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>): string {
  const mod = ctrlKey || metaKey;
  if (!mod && !altKey) return key;
  const name = key.length === 1 ? key.toLowerCase() : key;
  return `${mod ? 'Mod+' : ''}${altKey ? 'Alt+' : ''}${shiftKey ? 'Shift+' : ''}${name}`;
}

const CAPS: Record<string, string> = {
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  Escape: 'Esc',
  ' ': 'Space',
};

/** What is written on the caps to press, in order: `Mod+k` is `Ctrl`, `k`; `g f` is `g`, `f`. */
export function capsOf(keys: string, mac = isMac()): string[] {
  return keys
    .split(/(?<=.) (?=.)|(?<=.)\+(?=.)/)
    .map((key) => (key === 'Mod' ? (mac ? '⌘' : 'Ctrl') : (CAPS[key] ?? key)));
}

function isMac(): boolean {
  return /^Mac|^iP/.test(globalThis.navigator.platform);
}
