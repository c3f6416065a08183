import { sha256, zeroBits } from '../../base/sha256.js';

/** A nonce so that SHA-256 of challenge + ":" + nonce begins with `difficulty` zero bits. */
export function solve(challenge: string, difficulty: number): string {
  const encoder = new TextEncoder();
  for (let nonce = 0; ; nonce++) {
    const text = nonce.toString(36);
    if (zeroBits(sha256(encoder.encode(`${challenge}:${text}`))) >= difficulty) return text;
  }
}
