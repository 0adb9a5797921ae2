/** Where it happened: a point picked on the map, where the device is, or a commune by its name. */

import { signal } from '@preact/signals-core';
import { gazetteerOf, type NamedArea } from '../../api/gazetteer';
import { areaEntry, found } from '../../view/find/search';
import { type Child, type Drawn, element, valueIn } from '../elements/element';
import type { ReportHost, Spot } from './host';

/** A place as the form has it: a point, or a commune with its name. */
export type ReportPlace = { at: Spot } | { commune: NamedArea };

const MOST_LISTED = 8;

/** The field of the place. */
export class PlaceField {
  /** What was chosen. */
  readonly chosen = signal<ReportPlace | null>(null);
  private readonly typed = signal('');
  private readonly active = signal(0);
  private readonly remark = signal('');

  constructor(
    private readonly host: ReportHost,
    private readonly pick: () => void,
  ) {}

  /** As if nothing was ever chosen. */
  clear(): void {
    this.chosen.value = null;
    this.typed.value = '';
    this.remark.value = '';
  }

  /** The chosen place in words. */
  words(): string {
    const place = this.chosen.value;
    const { messages } = this.host;
    if (place === null) return '';
    if ('commune' in place) return messages.say('report.place.commune', { name: place.commune.name });
    const [lon, lat] = place.at.map((degrees) => degrees.toFixed(5));
    return messages.say('report.place.point', { lat: lat ?? '', lon: lon ?? '' });
  }

  /** The field as it is drawn; `fault` is what is wrong with it. */
  parts(fault: string): Drawn {
    const { messages } = this.host;
    const button = (id: string, label: string, click: () => void): Drawn =>
      element('button', { id, type: 'button', class: 'plain', click }, label);
    const here = 'geolocation' in navigator && isSecureContext;
    return element(
      'fieldset',
      { id: 'report-place', 'aria-describedby': 'report-place-said' },
      element('legend', {}, messages.say('report.place')),
      element(
        'div',
        { class: 'ways' },
        this.host.picker() && button('report-pick', messages.say('report.pick'), this.pick),
        here && button('report-here', messages.say('report.here'), () => this.locate()),
      ),
      ...this.communeParts(),
      element('p', { id: 'report-place-said', role: 'status', class: fault ? 'fault' : 'said' }, fault || this.said()),
    );
  }

  private said(): string {
    return this.remark.value || this.words();
  }

  private locate(): void {
    const { messages } = this.host;
    this.remark.value = messages.say('report.here.asking');
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        this.remark.value = '';
        this.chosen.value = { at: [coords.longitude, coords.latitude] };
      },
      () => (this.remark.value = messages.say('report.here.failed')),
      { enableHighAccuracy: true, timeout: 15_000 },
    );
  }

  /** The communes of the newest edition that fit what is typed. */
  private hits(): NamedArea[] {
    const gazetteer = gazetteerOf(this.host.answers);
    const typed = this.typed.value;
    if (!gazetteer || typed.trim() === '') return [];
    const communes = gazetteer.areas.filter(({ edition, level }) => edition === gazetteer.default_edition && level === 'commune');
    const order = { edition: gazetteer.default_edition ?? '', compareNames: this.host.numbers.compare };
    return found(communes.map(areaEntry), typed, order)
      .map(({ area }) => area)
      .slice(0, MOST_LISTED);
  }

  private choose(commune: NamedArea): void {
    this.chosen.value = { commune };
    this.typed.value = '';
    this.remark.value = '';
  }

  private communeParts(): Child[] {
    const { messages } = this.host;
    const hits = this.hits();
    const active = Math.min(this.active.value, hits.length - 1);
    const isOpen = hits.length > 0;
    const key = (event: Event): void => {
      const { key: pressed } = event as KeyboardEvent;
      if (!isOpen) return;
      if (pressed === 'ArrowDown' || pressed === 'ArrowUp') {
        this.active.value = (active + (pressed === 'ArrowDown' ? 1 : hits.length - 1)) % hits.length;
      } else if (pressed === 'Enter' && hits[active]) this.choose(hits[active]);
      else if (pressed === 'Escape') this.typed.value = '';
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    const typed = (event: Event): void => {
      this.active.value = 0;
      this.typed.value = valueIn(event);
    };
    const option = (area: NamedArea, index: number): Drawn =>
      element(
        'li',
        {
          id: `report-commune-${index}`,
          role: 'option',
          'aria-selected': String(index === active),
          mousedown: (event) => event.preventDefault(),
          click: () => this.choose(area),
        },
        area.name,
      );
    return [
      element('label', { for: 'report-commune' }, messages.say('report.commune')),
      element('input', {
        id: 'report-commune',
        type: 'text',
        role: 'combobox',
        autocomplete: 'off',
        spellcheck: 'false',
        'aria-autocomplete': 'list',
        'aria-expanded': String(isOpen),
        'aria-controls': 'report-communes',
        'aria-activedescendant': isOpen ? `report-commune-${active}` : null,
        placeholder: messages.say('report.commune.hint'),
        value: this.typed.value,
        input: typed,
        keydown: key,
      }),
      element(
        'ul',
        { id: 'report-communes', role: 'listbox', 'aria-label': messages.say('report.commune'), hidden: !isOpen },
        ...hits.map(option),
      ),
    ];
  }
}
