import { t } from '../i18n/t.js';

/** What a person or machine is called; of a machine it says so. */
export const called = ({ kind, name }: { kind?: string | undefined; name: string }): string =>
  kind === 'MACHINE' ? t('machines.called', { name }) : name;
