import type { ViewState } from '../../store/state.ts';

/** A step through the sample incident: what is read, and what is shown meanwhile. */
export interface TourStep {
  readonly title: string;
  readonly says: string;
  /** Null: the view stays. `largest`: the largest group is chosen. */
  readonly view: Partial<ViewState> | 'largest' | null;
}

/** The order of the method: confirm, group, look, compare, hand over. */
export const TOUR: readonly TourStep[] = [
  {
    title: 'Confirm',
    says: 'Four dumps of an order service: before load, twice under load, and after it. The sentence on top says what they show: the count rose and did not come back. Every number leads to what it counts.',
    view: { tab: 'groups', groupKey: null },
  },
  {
    title: 'Group',
    says: 'Of 1,314 goroutines nearly all are one stack: publish → chan send. What idle servers have, too, is folded into the line below the table.',
    view: { tab: 'groups' },
  },
  {
    title: 'Look',
    says: 'The chosen stack: where it waits, for how long, who created it, what the cause looks like, and what to check in the code.',
    view: 'largest',
  },
  {
    title: 'Compare',
    says: 'A against B: the same goroutines are still at the same stack. That tells a leak from traffic.',
    view: { tab: 'compare' },
  },
  {
    title: 'Hand over',
    says: 'Share (s) makes a link or one HTML file for your colleagues. Now drop your own dumps anywhere on the page.',
    view: { tab: 'groups' },
  },
];
