/** What a text out of a log looks like on the page: the same as in a report. */
export { visible, visibleLine } from '../../core/text/visible.ts';
