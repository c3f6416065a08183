import activity from './de/activity.json';
import administration from './de/administration.json';
import infrastructure from './de/infrastructure.json';
import shell from './de/shell.json';
import vault from './de/vault.json';
import words from './de/words.json';

export const de = { ...shell, ...words, ...infrastructure, ...activity, ...administration, ...vault };
