import { describe, expect, it, vi } from 'vitest';

vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => undefined }));
const { commandOf } = await import('../../src/parts/keyboard/keys');
const { nextHeight, restingHeight } = await import('../../src/parts/sheet/sheet');
type Pressed = Parameters<typeof commandOf>[0];

const press = (key: string, more: Partial<Pressed> = {}): ReturnType<typeof commandOf> =>
  commandOf({ key, spot: 'page', shift: false, combined: false, ...more }, 'on');

describe('keys', () => {
  it('do what the dialog says', () => {
    expect(press('/')).toEqual({ to: 'search' });
    expect(press('?', { shift: true })).toEqual({ to: 'keys' });
    expect(press('t')).toEqual({ to: 'mode', mode: 'table' });
    expect(press('C', { shift: true })).toEqual({ to: 'mode', mode: 'compare' });
    expect(press('+')).toEqual({ to: 'zoom-in' });
    expect(press('Escape')).toEqual({ to: 'back' });
  });

  it('belong to the text where one types, but for Escape', () => {
    for (const key of ['/', 't', '?', '+', 'ArrowUp']) expect(press(key, { spot: 'typing' })).toBeNull();
    expect(press('Escape', { spot: 'typing' })).toEqual({ to: 'back' });
  });

  it('move from area to area on the map only', () => {
    expect(press('ArrowLeft')).toBeNull();
    expect(press('ArrowLeft', { spot: 'map' })).toEqual({ to: 'step', direction: 'west' });
    expect(press('ArrowUp', { spot: 'map', shift: true })).toEqual({ to: 'pan', direction: 'north' });
    expect(press('Enter', { spot: 'map' })).toEqual({ to: 'read' });
    expect(press('Enter')).toBeNull();
  });

  it('leave the browser its own', () => {
    for (const key of ['t', 'c', '/', '+']) expect(press(key, { combined: true })).toBeNull();
  });

  it('that are single signs can be turned off, arrows and Escape cannot', () => {
    const off = (key: string, spot: Pressed['spot']): ReturnType<typeof commandOf> =>
      commandOf({ key, spot, shift: false, combined: false }, 'off');
    for (const key of ['/', 't', '?', '-']) expect(off(key, 'page')).toBeNull();
    expect(off('ArrowDown', 'map')).toEqual({ to: 'step', direction: 'south' });
    expect(off('Escape', 'page')).toEqual({ to: 'back' });
  });
});

describe('the sheet', () => {
  it('rests at the height nearest to where it was let go', () => {
    expect([0, 0.2, 0.3, 0.7, 0.8, 1].map(restingHeight)).toEqual(['peek', 'peek', 'half', 'half', 'full', 'full']);
  });

  it('goes up and down step by step and no further', () => {
    expect(nextHeight('peek', 'up')).toBe('half');
    expect(nextHeight('full', 'up')).toBe('full');
    expect(nextHeight('peek', 'down')).toBe('peek');
  });
});
