import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Problem, Unreachable } from '../../src/api/client';
import { roleOf, tokenIn } from '../../src/api/roles/sign_in';

const asked = vi.fn<typeof fetch>();
const answered = (status: number, body: unknown): void =>
  void asked.mockResolvedValueOnce(new Response(JSON.stringify(body), { status }));

describe('what is typed to sign in', () => {
  it('is the token, or a start link that carries it', () => {
    expect(tokenIn('  abc.DEF-1 ')).toBe('abc.DEF-1');
    expect(tokenIn('http://127.0.0.1:8080/#token=abc')).toBe('abc');
    expect(tokenIn('https://map.example/#lang=en&token=a%2Bb')).toBe('a+b');
    expect(tokenIn('https://map.example/#lang=en')).toBe('https://map.example/#lang=en');
    expect(tokenIn('')).toBe('');
  });
});

describe('a token that is tried', () => {
  beforeEach(() => vi.stubGlobal('fetch', asked));
  afterEach(() => {
    vi.unstubAllGlobals();
    asked.mockReset();
  });

  it('opens the role that the server says, and is sent as a header', async () => {
    answered(200, { role: 'operator' });
    expect(await roleOf('abc')).toBe('operator');
    const [url, request] = asked.mock.calls[0] ?? [];
    expect(String(url)).not.toContain('abc');
    expect(request?.headers).toMatchObject({ Authorization: 'Bearer abc' });
  });

  it('opens none where the server refuses it, or where it cannot be one', async () => {
    answered(401, {});
    expect(await roleOf('abc')).toBeNull();
    for (const text of ['', 'hai chữ', 'mã', 'a'.repeat(513)]) expect(await roleOf(text), text).toBeNull();
    expect(asked).toHaveBeenCalledTimes(1);
  });

  it('is not judged where the server gives no answer', async () => {
    asked.mockRejectedValueOnce(new TypeError('offline'));
    await expect(roleOf('abc')).rejects.toBeInstanceOf(Unreachable);
    answered(503, { title: 'not ready' });
    await expect(roleOf('abc')).rejects.toBeInstanceOf(Problem);
  });
});
