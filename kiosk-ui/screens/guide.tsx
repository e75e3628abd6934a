/** S-GUIDE: one guide or notice, a paragraph a row, with its source, day and edition; on paper, and a number for its window. */
import { BigButton } from '../parts/big-button.tsx';
import { Frame, type ScreenProps } from '../parts/frame.tsx';
import { PagedList } from '../parts/paged-list.tsx';
import { date, fill } from '../text/fill.ts';

export function Guide({ body, ...view }: ScreenProps<'S-GUIDE'>) {
  const { text, does, screen, layout } = view;
  const { language, textSize } = screen.settings;
  const words = text.affairs.guides;
  const { entry, version, source, paper, window, ticket } = body;
  const said = [
    ticket && fill(words.place, { place: ticket.place, waiting: ticket.waitingBefore }),
    ticket?.together && words.together,
    window === 'shut' ? words.shut : words.paper[paper],
  ].filter((sentence) => typeof sentence === 'string' && sentence !== '');
  const origin = [
    source && fill(words.source, { source: source[language] }),
    fill(words.updated, { date: date(text, entry.updatedOn) }),
    fill(words.edition, { version }),
  ].filter((part) => part !== undefined);
  return (
    <Frame
      view={view}
      class="guide"
      band={<p class="band-title">{entry.kind === 'notice' ? words.notice : text.ways.jobs.guides}</p>}
      aside={!ticket && said.length > 0 && said.map((sentence) => <p key={sentence}>{sentence}</p>)}
      actions={
        paper !== 'printing' && (
          <>
            <BigButton kind="primary" does="confirm" onPress={() => does({ do: 'confirm' })}>
              {words.back}
            </BigButton>
            {window === 'open' && !ticket && (
              <BigButton kind="secondary" does="takeTicket" onPress={() => does({ do: 'takeTicket' })}>
                {text.refusal.offers.ticket}
              </BigButton>
            )}
            <BigButton kind="secondary" does="print" onPress={() => does({ do: 'print' })}>
              {words.print}
            </BigButton>
            <BigButton kind="secondary" does="cancel" onPress={() => does({ do: 'cancel' })}>
              {text.backHome}
            </BigButton>
          </>
        )
      }
    >
      <h1>{entry.title[language]}</h1>
      {ticket ? (
        // With the number in hand the words are on the paper that comes with it.
        <div class="window-ticket">
          <p class="case-number">{fill(words.ticket, { ticket: ticket.number })}</p>
          {said.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </div>
      ) : (
        <PagedList
          rows={[
            ...body.text[language].map((paragraph) => (
              <p key={paragraph} class="paragraph">
                {paragraph}
              </p>
            )),
            <p key="origin" class="paragraph origin pieces">
              {origin.map((part) => (
                <span key={part}>{part}</span>
              ))}
            </p>,
          ]}
          text={text}
          look={`${layout} ${textSize} ${language}`}
        />
      )}
    </Frame>
  );
}
