import type { Row } from '../../../workers/contract.ts';
import { visibleLine } from './visible.ts';

/** What an event is called: its call, or what it is that is no call; '' for neither. */
export function nameOf({ eventName, summary }: Pick<Row, 'eventName' | 'summary'>): string {
  return visibleLine(eventName) || summary;
}
