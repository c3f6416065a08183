import { solve } from './proof.js';

addEventListener('message', (event: MessageEvent<{ challenge: string; difficulty: number }>) => {
  const { challenge, difficulty } = event.data;
  postMessage(solve(challenge, difficulty));
});
