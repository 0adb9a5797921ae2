/**
 * `<binhyen-map>` for other people's pages: a picture of the map that becomes the map when somebody wants it.
 * The host of the map is where this script came from. It needs no inline style and no other file, so it works under a strict
 * policy that allows this one origin for scripts, pictures and frames.
 */

import { readFrameOptions, type FrameOptions } from '../embed/options';
import { embedWords, pictureAlt, type Say } from '../embed/words';
import { COMPONENT_KEYS, frameAddress, imageQuery, isPublishedHome, pictureSize } from '../view/share/sharing';
import { ELEMENT_STYLE } from './element_style';

const HOME = new URL('.', import.meta.url);
const OBSERVED = [...COMPONENT_KEYS, 'theme', 'height', 'interactive'];
/** The height of a map when neither the page nor the frame has said another. */
const DEFAULT_HEIGHT_PX = 480;
const LEAST_HEIGHT_PX = 200;
/** A frame tells its height as soon as it stands; one that says nothing for so long does not come. */
const PATIENCE_MS = 15_000;

let sheet: CSSStyleSheet | null = null;

/** Dresses `root` with a style object: inline styles the policy of the page may forbid. Without it all still works, plainly. */
function dress(root: ShadowRoot): void {
  if (!('adoptedStyleSheets' in root)) return;
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(ELEMENT_STYLE);
  }
  root.adoptedStyleSheets = [sheet];
}

function device(): 'light' | 'dark' {
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

class BinhyenMap extends HTMLElement {
  static readonly observedAttributes = OBSERVED;
  private readonly root = this.attachShadow({ mode: 'open' });
  private frame: HTMLIFrameElement | null = null;
  private opened = false;
  private waiting = false;
  /** The frame that has spoken, and whether one has not. */
  private heardFrom: HTMLIFrameElement | null = null;
  private refused = false;
  private readonly heard = (event: MessageEvent): void => this.hear(event);

  connectedCallback(): void {
    dress(this.root);
    addEventListener('message', this.heard);
    this.draw();
  }

  disconnectedCallback(): void {
    removeEventListener('message', this.heard);
    this.frame = null;
  }

  attributeChangedCallback(): void {
    if (!this.isConnected || this.waiting) return;
    // Several attributes that change together are one change.
    this.waiting = true;
    queueMicrotask(() => {
      this.waiting = false;
      if (this.isConnected) this.draw();
    });
  }

  /** Opens the interactive map, as the button does. */
  open(): void {
    this.opened = true;
    this.draw();
    const { href } = this.address(this.options());
    this.dispatchEvent(new CustomEvent('binhyen:open', { bubbles: true, composed: true, detail: { address: href } }));
  }

  private options(): FrameOptions {
    const query = new URLSearchParams();
    for (const key of [...COMPONENT_KEYS, 'theme']) {
      const value = this.getAttribute(key);
      if (value !== null && value !== '') query.set(key, value);
    }
    const around = this.closest('[lang]')?.getAttribute('lang') ?? 'vi';
    if (!query.has('lang') && /^en\b/i.test(around)) query.set('lang', 'en');
    if (this.hasAttribute('interactive') && this.getAttribute('interactive') !== 'false') query.set('interactive', '1');
    return readFrameOptions(query.toString(), device());
  }

  private height(): number {
    const asked = Number.parseInt(this.getAttribute('height') ?? '', 10);
    return Number.isFinite(asked) ? Math.max(asked, LEAST_HEIGHT_PX) : DEFAULT_HEIGHT_PX;
  }

  private address(options: FrameOptions): URL {
    const dark = options.scheme === 'dark' ? '&theme=dark' : '';
    return new URL(frameAddress(HOME.href, `${options.fragment}${dark}&interactive=1`));
  }

  private draw(): void {
    const options = this.options();
    const say = embedWords(options.lang);
    const isOpen = !this.refused && (this.opened || isPublishedHome() || options.start === 'map');
    // The frame names its source itself.
    const parts = isOpen ? [this.drawFrame(options, say)] : [this.drawPoster(options, say), this.caption(options, say)];
    for (const part of parts) part.lang = options.lang;
    this.root.replaceChildren(...parts);
  }

  private drawFrame(options: FrameOptions, say: Say): HTMLElement {
    const frame = document.createElement('iframe');
    frame.title = say('title');
    frame.width = '100%';
    frame.height = String(this.height());
    frame.allow = 'fullscreen';
    frame.referrerPolicy = 'origin';
    frame.src = this.address(options).href;
    this.frame = frame;
    if (this.opened) this.awaitFrame(frame);
    return frame;
  }

  private drawPoster(options: FrameOptions, say: Say): HTMLElement {
    this.frame = null;
    const picture = document.createElement('img');
    const size = pictureSize({ width: this.clientWidth || this.parentElement?.clientWidth || 720, height: this.height() });
    const address = new URL('export/svg', HOME);
    address.search = imageQuery(options.fragment, size, options.scheme).toString();
    picture.loading = 'lazy';
    picture.alt = pictureAlt(say, options.layer);
    picture.height = this.height();
    picture.src = address.href;
    return picture;
  }

  /** Below the picture, whose last line names the source: the button, and the way to the whole map. */
  private caption(options: FrameOptions, say: Say): HTMLElement {
    const place = document.createElement('div');
    place.className = 'act';
    const line = document.createElement('p');
    const link = document.createElement('a');
    link.href = `${HOME.href}${options.fragment}`;
    link.target = '_blank';
    link.rel = 'noopener';
    link.textContent = say('full');
    link.setAttribute('aria-label', `${say('full')} ${say('newtab')}`);
    line.append(`${say(this.refused ? 'refused' : 'source')} · `, link);
    place.append(line);
    if (this.refused) return place;
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = say('open');
    button.addEventListener('click', () => {
      this.open();
      this.frame?.focus();
    });
    place.append(button);
    return place;
  }

  /** A frame that says nothing was refused, as by a server that lets this page frame nothing: the picture comes back. */
  private awaitFrame(frame: HTMLIFrameElement): void {
    setTimeout(() => {
      if (this.heardFrom === frame || this.frame !== frame || !this.isConnected) return;
      // Nobody looks: a frame that is not drawn may wait to speak.
      if (document.hidden) return this.awaitFrame(frame);
      this.refused = true;
      this.draw();
    }, PATIENCE_MS);
  }

  /** The frame says how high it wants to be; nobody else is listened to. */
  private hear(event: MessageEvent): void {
    if (!this.frame || event.source !== this.frame.contentWindow || event.origin !== HOME.origin) return;
    const { type, height } = (event.data ?? {}) as { type?: unknown; height?: unknown };
    this.heardFrom = this.frame;
    if (type !== 'binhyen:height' || typeof height !== 'number' || !Number.isFinite(height)) return;
    if (!this.hasAttribute('height')) this.frame.height = String(Math.min(Math.max(Math.ceil(height), LEAST_HEIGHT_PX), 2000));
  }
}

// A page may load the script twice.
if (!customElements.get('binhyen-map')) customElements.define('binhyen-map', BinhyenMap);
