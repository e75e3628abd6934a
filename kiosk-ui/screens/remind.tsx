/**
 * S-REMIND: things to know before going on (Z-9.1.3); nothing here stops anyone.
 *
 * Said first, because whoever sees a warning sign is afraid of having done something wrong: it is only a reminder. Then
 * one thing a card, numbered and in large letters, and what the centre says as its own words.
 */
import { BigButton } from '../parts/big-button.tsx';
import { Frame, type ScreenProps } from '../parts/frame.tsx';
import { TickMark } from '../parts/marks.tsx';
import { Place } from '../parts/notice.tsx';
import { PagedList } from '../parts/paged-list.tsx';
import { reasonText } from '../text/fill.ts';

export function Remind({ body, ...view }: ScreenProps<'S-REMIND'>) {
  const { text, does, layout, screen } = view;
  const says = body.says ?? [];
  // "There is a reminder" is said by the reminder itself.
  const reasons = body.reasons.filter((reason) => reason !== 'reviewReminds' || says.length === 0);
  const isOne = reasons.length + says.length === 1;
  return (
    <Frame
      view={view}
      aside={<Place view={view} />}
      actions={
        <>
          <BigButton kind="primary" does="confirm" onPress={() => does({ do: 'confirm' })}>
            {text.remind.goOn}
          </BigButton>
          <BigButton kind="secondary" does="cancel" onPress={() => does({ do: 'cancel' })}>
            {text.cancel}
          </BigButton>
        </>
      }
    >
      <h1>{text.remind.title}</h1>
      <p class="money-line calm">
        <TickMark />
        <span>{text.remind.calm}</span>
      </p>
      <PagedList
        rows={[
          ...reasons.map((reason) => [reason, reasonText(text, reason).what] as const),
          ...says.map((words) => ['said', words] as const),
        ].map(([reason, words], place) => (
          <div class="reminder" key={words}>
            {!isOne && <b aria-hidden="true">{place + 1}</b>}
            <p>
              {reason === 'said' && <span class="who">{text.remind.centreSays}</span>}
              <span {...(reason === 'said' && { lang: 'zh-CN' })}>{words}</span>
            </p>
          </div>
        ))}
        text={text}
        look={`${layout} ${screen.settings.textSize} ${screen.settings.language}`}
      />
    </Frame>
  );
}
