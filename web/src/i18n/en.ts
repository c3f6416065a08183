import activity from './en/activity.json';
import administration from './en/administration.json';
import infrastructure from './en/infrastructure.json';
import shell from './en/shell.json';
import vault from './en/vault.json';
import words from './en/words.json';

export const en = { ...shell, ...words, ...infrastructure, ...activity, ...administration, ...vault };
