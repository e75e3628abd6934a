/** S-GUIDE: one guide or notice, a paragraph a row, with the day and edition that it is of. */
import { BigButton } from '../parts/big-button.tsx';
import { Frame, type ScreenProps } from '../parts/frame.tsx';
import { PagedList } from '../parts/paged-list.tsx';
import { date, fill } from '../text/fill.ts';

export function Guide({ body, ...view }: ScreenProps<'S-GUIDE'>) {
  const { text, does, screen, layout } = view;
  const { language, textSize } = screen.settings;
  const words = text.affairs.guides;
  const { entry, version } = body;
  return (
    <Frame
      view={view}
      class="guide"
      band={<p class="band-title">{entry.kind === 'notice' ? words.notice : text.ways.jobs.guides}</p>}
      aside={
        <div class="number">
          <p>{fill(words.updated, { date: date(text, entry.updatedOn) })}</p>
          <p>{fill(words.edition, { version })}</p>
        </div>
      }
      actions={
        <>
          <BigButton kind="primary" does="confirm" onPress={() => does({ do: 'confirm' })}>
            {words.back}
          </BigButton>
          <BigButton kind="secondary" does="cancel" onPress={() => does({ do: 'cancel' })}>
            {text.backHome}
          </BigButton>
        </>
      }
    >
      <h1>{entry.title[language]}</h1>
      <PagedList
        rows={body.text[language].map((paragraph) => (
          <p key={paragraph} class="paragraph">
            {paragraph}
          </p>
        ))}
        text={text}
        look={`${layout} ${textSize} ${language}`}
      />
    </Frame>
  );
}
