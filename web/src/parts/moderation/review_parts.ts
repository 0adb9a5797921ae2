/** The report that is looked at: what it says, what the operator sets, what is near it, and the decisions. */

import type { NearIncident, NearReport, Report } from '../../api/roles/moderation';
import { type Child, type Drawn, element, valueIn } from '../elements/element';
import type { Scene } from '../scene';
import type { Desk, Target } from './desk';

/** What the operator decides. */
export interface ReviewActions {
  place(): void;
  accept(): void;
  merge(): void;
  reject(): void;
  reasoned(reason: string): void;
  skip(): void;
}

const SEVERITIES = [1, 2, 3, 4, 5];
const MOST_REASON_CHARS = 300;
const REASONS = ['moderation.reasons.1', 'moderation.reasons.2', 'moderation.reasons.3'] as const;

/** Where a report says that it happened. */
export function placeWords({ messages }: Scene, { place }: Pick<Report, 'place'>): string {
  const { area_name: name, lon } = place;
  if (name == null) return messages.say('moderation.no-place');
  return lon == null ? messages.say('moderation.whole', { name }) : name;
}

/** When a report says that it happened, else when it came. */
export function momentWords({ numbers }: Scene, report: Report): string {
  return numbers.moment(new Date(report.happened_at ?? report.received_at));
}

/** The column of the report. */
export class ReviewParts {
  constructor(
    private readonly scene: Scene,
    private readonly desk: Desk,
    private readonly actions: ReviewActions,
  ) {}

  /** The column as it is drawn. */
  parts(): Drawn {
    const { messages } = this.scene;
    const review = this.desk.review.value;
    const frame = (...children: Child[]): Drawn =>
      element('section', { id: 'report-review', 'aria-labelledby': 'review-title' }, ...children);
    if (!review)
      return frame(
        element('h2', { id: 'review-title', tabindex: -1, class: 'unseen' }, messages.say('moderation.queue')),
        element('p', { class: 'quiet' }, messages.say('moderation.pick')),
      );
    const { report } = review;
    return frame(
      element('h2', { id: 'review-title', tabindex: -1 }, messages.say('moderation.title', { number: spaced(report.number) })),
      element('blockquote', {}, report.text ?? messages.say('moderation.no-text')),
      ...this.facts(report),
      ...this.settings(report),
      this.desk.asksReason.value ? this.reason() : this.decisions(),
      ...this.near(review.near_m, review.near_hours),
    );
  }

  private facts(report: Report): Child[] {
    const { messages, numbers } = this.scene;
    const received = numbers.moment(new Date(report.received_at));
    const channel = messages.pick(report.channel.name);
    return [
      element('p', { class: 'quiet' }, messages.say('moderation.received', { at: received, channel })),
      report.happened_at != null &&
        element('p', { class: 'quiet' }, messages.say('moderation.happened', { at: momentWords(this.scene, report) })),
    ];
  }

  private settings(report: Report): Child[] {
    const { messages, meta } = this.scene;
    const { category, severity, at } = this.desk.draft.value;
    const set = (change: Partial<typeof this.desk.draft.value>): void => {
      this.desk.draft.value = { ...this.desk.draft.peek(), ...change };
    };
    const options = meta.categories.map(({ id, name }) =>
      element('option', { value: id, selected: id === category }, messages.pick(name)),
    );
    const button = (number: number): Drawn =>
      element(
        'button',
        {
          id: `review-severity-${number}`,
          type: 'button',
          title: severityName(this.scene, number),
          'aria-label': `${number}: ${severityName(this.scene, number)}`,
          'aria-pressed': String(number === severity),
          click: () => set({ severity: number }),
        },
        String(number),
      );
    const [lon, lat] = (at ?? []).map((degrees) => degrees.toFixed(5));
    const moved = at
      ? messages.say('moderation.place.moved', { lat: lat ?? '', lon: lon ?? '' })
      : placeWords(this.scene, report);
    return [
      element('label', { for: 'review-category' }, messages.say('moderation.category')),
      element(
        'select',
        { id: 'review-category', change: (event) => set({ category: valueIn(event) || null }) },
        element('option', { value: '', selected: category === null }, messages.say('moderation.no-category')),
        ...options,
      ),
      element('p', { id: 'review-severity', class: 'label' }, messages.say('moderation.severity')),
      element('div', { class: 'severities', role: 'group', 'aria-labelledby': 'review-severity' }, ...SEVERITIES.map(button)),
      element('p', { class: 'label' }, `${messages.say('moderation.place')}: `, element('span', { class: 'value' }, moved)),
      this.button('review-place', messages.say('moderation.place.set'), () => this.actions.place()),
    ];
  }

  private button(id: string, label: string, click: () => void, more = ''): Drawn {
    return element('button', { id, type: 'button', class: `plain ${more}`.trim(), click }, label);
  }

  private decisions(): Drawn {
    const { messages } = this.scene;
    const { actions } = this;
    const canMerge = this.desk.targets()[this.desk.target.value] !== undefined;
    return element(
      'div',
      { class: 'decisions' },
      this.button('review-accept', messages.say('moderation.accept'), () => actions.accept(), 'main'),
      this.button('review-merge', messages.say('moderation.merge'), () => actions.merge(), canMerge ? 'main' : ''),
      this.button('review-reject', messages.say('moderation.reject'), () => actions.reject()),
      this.button('review-skip', messages.say('moderation.skip'), () => actions.skip()),
    );
  }

  private reason(): Drawn {
    const { messages } = this.scene;
    const submit = (event: Event): void => {
      event.preventDefault();
      const field = document.getElementById('review-reason') as HTMLInputElement;
      if (field.value.trim() !== '') this.actions.reasoned(field.value.trim());
    };
    return element(
      'form',
      { class: 'reason', submit },
      element('label', { for: 'review-reason' }, messages.say('moderation.reason')),
      element('input', {
        id: 'review-reason',
        type: 'text',
        list: 'review-reasons',
        maxlength: MOST_REASON_CHARS,
        required: true,
      }),
      element('datalist', { id: 'review-reasons' }, ...REASONS.map((key) => element('option', { value: messages.say(key) }))),
      element(
        'button',
        { id: 'review-reason-send', type: 'submit', class: 'plain main' },
        messages.say('moderation.reason.send'),
      ),
    );
  }

  private near(metres: number, hours: number): Child[] {
    const { messages, numbers } = this.scene;
    const targets = this.desk.targets();
    const title = messages.say('moderation.near', { m: numbers.count(metres), hours: numbers.count(hours) });
    return [
      element('h3', { id: 'near-title' }, title),
      targets.length === 0
        ? element('p', { class: 'quiet' }, messages.say('moderation.near.none'))
        : element('p', { class: 'quiet' }, messages.say('moderation.near.choose')),
      element(
        'ul',
        { class: 'near', 'aria-labelledby': 'near-title' },
        ...targets.map((target, index) => this.target(target, index)),
      ),
    ];
  }

  private target(target: Target, index: number): Drawn {
    const { messages } = this.scene;
    const isChosen = this.desk.target.value === index;
    const click = (): void => {
      this.desk.target.value = isChosen ? -1 : index;
    };
    const kind = messages.say('report' in target ? 'moderation.near.report' : 'moderation.near.incident');
    const content = 'report' in target ? this.nearReport(target.report) : this.nearIncident(target.incident);
    return element(
      'li',
      {},
      element(
        'button',
        { id: `near-${index}`, type: 'button', 'aria-pressed': String(isChosen), click },
        element('b', {}, kind),
        ...content,
      ),
    );
  }

  private nearReport({ report, nearness }: NearReport): Child[] {
    const { messages } = this.scene;
    const what = report.category ? messages.pick(report.category.name) : messages.say('moderation.no-category');
    return [
      element('span', {}, `${what} · ${messages.say(`report.status.${publicStatus(report)}`)}`),
      report.text != null && element('span', { class: 'words' }, report.text),
      element('span', { class: 'quiet' }, this.nearness(nearness)),
    ];
  }

  private nearIncident({ category, severity, nearness, place }: NearIncident): Child[] {
    const { messages } = this.scene;
    return [
      element('span', {}, `${messages.pick(category.name)} (${severity})`),
      place.area_name != null && element('span', { class: 'words' }, place.area_name),
      element('span', { class: 'quiet' }, this.nearness(nearness)),
    ];
  }

  private nearness({ distance_m: distance, hours_apart: apart }: NearReport['nearness']): string {
    const { messages, numbers } = this.scene;
    const where =
      distance == null
        ? messages.say('moderation.near.commune')
        : messages.say('moderation.near.metres', { m: numbers.count(distance) });
    const hours = numbers.tenths(Math.abs(apart));
    const side = apart < 0 ? 'before' : 'after';
    const when = apart === 0 ? messages.say('moderation.near.same') : messages.say(`moderation.near.${side}`, { hours });
    return `${where}, ${when}`;
  }
}

function publicStatus({ status }: Report): 'received' | 'in_review' | 'taken_up' | 'not_taken_up' {
  return status === 'merged' ? 'taken_up' : status;
}

function spaced(number: string): string {
  return `${number.slice(0, 5)}-${number.slice(5)}`;
}

function severityName({ meta, messages }: Scene, number: number): string {
  return messages.pick(meta.severities[number - 1]?.name);
}
