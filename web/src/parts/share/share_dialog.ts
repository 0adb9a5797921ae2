/** The dialog that hands out a view: links, snippets for other sites, pictures. All of it shows what the public sees. */

import '../../css/apart/share.css';
import { address } from '../../api/client';
import { fetchFramePolicy } from '../../api/framing';
import { isPublished } from '../../api/published/mark';
import { type Framing, framingIn, isFramedElsewhere, UNKNOWN_FRAMING } from '../../view/share/framing';
import { type PublicView, publicView } from '../../view/share/public_view';
import { componentSnippet, frameAddress, frameSnippet, pictureQuery, shareId, type Size } from '../../view/share/sharing';
import { writeView } from '../../view/view';
import { copyField } from '../elements/copy_field';
import { effect, signal } from '@preact/signals-core';
import { node } from '../elements/dom';
import { type Child, draw, type Drawn, element, icon, valueIn } from '../elements/element';
import type { Scene } from '../scene';
import { FrameTrial } from './frame_trial';

type EmbedKind = 'frame' | 'component';

/** How large the embedded map is to be: as wide as its page, one of the usual sizes, or the reader's own. */
interface Choice {
  /** `null` until the reader chooses: then what works on most sites. */
  kind: EmbedKind | null;
  preset: string;
  own: Size;
}

const FLUID_HEIGHT = 560;
const PRESETS: Size[] = [
  { width: 720, height: 560 },
  { width: 480, height: 480 },
  { width: 360, height: 520 },
];
const PICTURE: Size = { width: 1200, height: 800 };
const LEAST: Size = { width: 240, height: 240 };

const presetId = ({ width, height }: Size): string => `${width}x${height}`;

function sizeOf(choice: Choice): { width: string; height: number } {
  if (choice.preset === 'fluid') return { width: '100%', height: FLUID_HEIGHT };
  const size = PRESETS.find((preset) => presetId(preset) === choice.preset) ?? choice.own;
  return { width: String(size.width), height: size.height };
}

function block(title: string, ...children: Child[]): Drawn {
  return element('section', {}, element('h3', {}, title), ...children);
}

/** Who may frame the map, and which setting of the server says so. */
function framingPart({ messages }: Scene, { who, sites }: Framing): Drawn {
  const said = messages.say(`share.framing.${who}`, { site: location.origin, sites: sites.join(', ') });
  const how = who === 'any' || isPublished ? '' : messages.say('share.framing.how');
  return element('p', { id: 'share-framing', class: 'framing', 'data-who': who }, `${said} ${how}`.trim());
}

/** The dialog of links, snippets and pictures of the public's view. */
export class ShareDialog {
  private readonly dialog = node('dialog', { id: 'share', 'aria-labelledby': 'share-title' });
  private readonly body = node('div', { class: 'share-body' });
  private readonly status = node('p', { class: 'said', role: 'status' });
  private readonly copied = signal('');
  private readonly choice = signal<Choice>({ kind: null, preset: 'fluid', own: { width: 600, height: 500 } });
  private readonly isOpen = signal(false);
  private readonly framing = signal<Framing>(UNKNOWN_FRAMING);
  private readonly trial = new FrameTrial();

  constructor(scene: Scene, root: HTMLElement) {
    this.dialog.append(this.body, this.status);
    root.append(this.dialog);
    // A press beside the dialog closes it, as Esc does.
    this.dialog.addEventListener('click', (event) => event.target === this.dialog && this.dialog.close());
    this.dialog.addEventListener('close', () => (this.isOpen.value = false));
    effect(() => {
      this.status.textContent = this.copied.value;
    });
    // The view may go on behind the open dialog, e.g. when answers come in.
    effect(() => {
      if (this.isOpen.value) return this.drawBody(scene);
      this.trial.end();
      draw(this.body);
    });
  }

  open(): void {
    this.copied.value = '';
    this.isOpen.value = true;
    void fetchFramePolicy().then((policy) => (this.framing.value = framingIn(policy)));
    if (!this.dialog.open) this.dialog.showModal();
  }

  private drawBody(scene: Scene): void {
    const shared = publicView(scene.view, scene.meta);
    const fragment = writeView(shared.view);
    draw(
      this.body,
      this.heading(scene),
      this.publicity(scene, shared),
      this.links(scene, shared, fragment),
      this.embedding(scene, fragment),
      !isPublished && this.pictures(scene, fragment),
    );
  }

  private heading({ messages }: Scene): Drawn {
    const label = messages.say('share.close');
    const close = (): void => this.dialog.close();
    return element(
      'div',
      { class: 'share-head' },
      element('h2', { id: 'share-title' }, messages.say('share')),
      element(
        'button',
        { id: 'share-close', type: 'button', class: 'icon', 'aria-label': label, title: label, click: close },
        icon('M6 6l12 12M18 6 6 18'),
      ),
    );
  }

  /** Who sees what: said to those whose own view may be another one. */
  private publicity({ messages, meta }: Scene, { withheld }: PublicView): Drawn | null {
    if (meta.role === 'public') return null;
    const parts = withheld.map((part) => messages.say(`share.withheld.${part}`)).join('; ');
    return element(
      'div',
      { class: 'publicity' },
      element('p', {}, messages.say('share.public')),
      parts !== '' && element('p', {}, messages.say('share.withheld', { parts })),
    );
  }

  private links(scene: Scene, { withheld }: PublicView, fragment: string): Drawn {
    const { messages, view } = scene;
    const field = (id: string, label: string, text: string): Drawn => copyField({ id, label, text, rows: 1 }, scene, this.copied);
    return block(
      messages.say('share.link'),
      !isPublished && field('share-page', messages.say('share.link.page'), address(`share/${shareId(fragment)}`)),
      field('share-view', messages.say('share.link.view'), address('') + fragment),
      withheld.length > 0 && field('share-role', messages.say('share.link.colleague'), address('') + writeView(view)),
    );
  }

  private embedding(scene: Scene, fragment: string): Drawn {
    const { messages } = scene;
    const kind = this.kind();
    const size = sizeOf(this.choice.value);
    const title = `${messages.say('title')}: ${messages.say(`layer.${scene.view.theme}`)}`;
    const text =
      kind === 'frame' ? frameSnippet(address(''), fragment, title, size) : componentSnippet(address(''), fragment, size.height);
    return block(
      messages.say('share.embed'),
      framingPart(scene, this.framing.value),
      element('div', { class: 'pair' }, this.kindChoice(scene), this.sizeChoice(scene)),
      this.choice.value.preset === 'own' && this.ownSize(scene),
      element(
        'div',
        { class: 'embed-code' },
        copyField({ id: 'share-code', label: messages.say('share.embed.code'), text, rows: 6 }, scene, this.copied),
        this.trial.part(scene, frameAddress(address(''), fragment)),
      ),
      !isPublished &&
        element(
          'p',
          {},
          element('a', { href: address('docs'), target: '_blank', rel: 'noopener' }, messages.say('share.embed.docs')),
        ),
    );
  }

  /** Where other sites may not frame the map, its element still shows the picture: that comes first. */
  private kind(): EmbedKind {
    return this.choice.value.kind ?? this.kinds()[0];
  }

  private kinds(): [EmbedKind, EmbedKind] {
    return isFramedElsewhere(this.framing.value) ? ['frame', 'component'] : ['component', 'frame'];
  }

  private choose(change: Partial<Choice>): void {
    this.choice.value = { ...this.choice.value, ...change };
  }

  private selector(
    id: string,
    label: string,
    value: string,
    options: [string, string][],
    choose: (value: string) => void,
  ): Drawn {
    const change = (event: Event): void => choose(valueIn(event));
    const items = options.map(([id, text]) => element('option', { value: id, selected: id === value }, text));
    return element('div', { class: 'field' }, element('label', { for: id }, label), element('select', { id, change }, ...items));
  }

  private kindChoice(scene: Scene): Drawn {
    const { messages } = scene;
    const kinds = this.kinds().map((kind): [string, string] => [kind, messages.say(`share.embed.${kind}`)]);
    return this.selector('share-kind', messages.say('share.embed.kind'), this.kind(), kinds, (kind) =>
      this.choose({ kind: kind as EmbedKind }),
    );
  }

  private sizeChoice(scene: Scene): Drawn {
    const { messages } = scene;
    const sizes: [string, string][] = [
      ['fluid', messages.say('share.embed.fluid', { height: FLUID_HEIGHT })],
      ...PRESETS.map((size): [string, string] => [presetId(size), messages.say('share.embed.fixed', { ...size })]),
      ['own', messages.say('share.embed.own')],
    ];
    return this.selector('share-size', messages.say('share.embed.size'), this.choice.value.preset, sizes, (preset) =>
      this.choose({ preset }),
    );
  }

  private ownSize(scene: Scene): Drawn {
    const { messages } = scene;
    const side = (name: keyof Size): Drawn => {
      const id = `share-${name}`;
      const change = (event: Event): void => {
        const px = Number(valueIn(event));
        const valid = Number.isFinite(px) ? Math.max(LEAST[name], Math.round(px)) : LEAST[name];
        this.choose({ own: { ...this.choice.value.own, [name]: valid } });
      };
      const field = element('input', {
        id,
        type: 'number',
        min: LEAST[name],
        max: 2000,
        value: this.choice.value.own[name],
        change,
      });
      return element('div', { class: 'field' }, element('label', { for: id }, messages.say(`share.embed.${name}`)), field);
    };
    return element('div', { class: 'pair' }, side('width'), side('height'));
  }

  private pictures({ messages }: Scene, fragment: string): Drawn {
    const link = (kind: 'png' | 'svg'): Drawn => {
      const href = address(`export/${kind}`, pictureQuery(fragment, PICTURE));
      return element('a', { class: 'plain', href, download: `binh-yen.${kind}` }, messages.say(`share.picture.${kind}`));
    };
    return block(messages.say('share.picture'), element('p', { class: 'picture-links' }, link('png'), link('svg')));
  }
}
