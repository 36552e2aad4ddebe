let canvas: CanvasRenderingContext2D | null = null;

/** Where the character `index` of a one-line input stands, px from the input's left edge. */
export function caretOffset(input: HTMLInputElement | HTMLTextAreaElement, index: number): number {
  const style = getComputedStyle(input);
  canvas ??= document.createElement('canvas').getContext('2d');
  if (!canvas) return 0;
  canvas.font = style.font;
  const width = canvas.measureText(input.value.slice(0, index)).width;
  const start = parseFloat(style.paddingLeft) + parseFloat(style.borderLeftWidth);
  return Math.max(0, Math.min(start + width - input.scrollLeft, input.clientWidth));
}
