/**
 * What the page says by itself when nobody tells it what to show.
 *
 * Without the firmware there is no language either: both are shown. Who was paying is told first that the money is
 * safe and need not be paid again.
 */
import type { View } from '../connection.ts';
import { fill, tables } from '../text/fill.ts';

const LANGUAGES = [tables.zh, tables.en];

export function NoLine({ kind, moneyAt }: Exclude<View, { readonly kind: 'screen' }>) {
  const which = kind === 'starting' ? 'starting' : 'out';
  if (moneyAt === undefined) {
    return (
      <div class="static-page">
        {LANGUAGES.map(({ link }) => (
          <p class="static-title">{link[which].title}</p>
        ))}
        {LANGUAGES.map(({ link }) => (
          <p>{link[which].line}</p>
        ))}
      </div>
    );
  }
  return (
    <div class="static-page paying">
      {LANGUAGES.map(({ link }) => (
        <div>
          <p class="static-title">{link.paying.title}</p>
          <p class="static-line">{link.paying.again}</p>
          <p class="static-line">
            {kind === 'starting' ? link.paying.wait : fill(link.paying.leave, { window: moneyAt })}
          </p>
        </div>
      ))}
      <p>{LANGUAGES.map(({ link }) => link[which].title).join(' · ')}</p>
    </div>
  );
}
