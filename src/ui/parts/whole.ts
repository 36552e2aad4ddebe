/** Text that has no room is cut; what the pointer is on says it whole. */

let told: HTMLElement | null = null;

/** For `mouseover` of the document: gives what is cut under the pointer a title, as long as the pointer is there. */
export function tellWhole({ target }: MouseEvent): void {
  forget();
  if (!(target instanceof Element)) return;
  const element = target.closest<HTMLElement>('[role=gridcell]') ?? target.closest<HTMLElement>('.cut');
  if (element === null || target.closest('[title]') !== null) return;
  if (![element, ...element.querySelectorAll('.cut')].some((one) => one.scrollWidth > one.clientWidth))
    return;
  element.title = element.textContent.trim();
  told = element;
}

/** For `scroll`: rows of a grid get other text while the pointer stays. */
export function forget(): void {
  told?.removeAttribute('title');
  told = null;
}
