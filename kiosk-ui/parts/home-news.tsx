/** On the first page: 公告 of today by its title, and 医保服务e站 with its official account; the tile 医保服务 has the rest. */
import type { ScreenProps } from './frame.tsx';
import { TriangleMark } from './marks.tsx';
import { QrCode } from './qr-code.tsx';

export function HomeNotice({ body: { notice }, text, screen }: ScreenProps<'S-HOME'>) {
  if (!notice) return null;
  return (
    <p class="home-notice with-mark">
      <TriangleMark />
      <span>
        {text.affairs.guides.notice} <b>{notice[screen.settings.language]}</b>
      </span>
    </p>
  );
}

export function Station({ body: { station }, text, screen }: ScreenProps<'S-HOME'>) {
  const { language } = screen.settings;
  if (!station) return null;
  return (
    <div class="station">
      <QrCode code={station.account} />
      <div class="station-words">
        <p class="station-name">{station.name[language]}</p>
        <p>{station.accountName[language]}</p>
        <p>{text.affairs.guides.list}</p>
      </div>
    </div>
  );
}
