/** S-GUIDES: notices, guides and topics, each a row as wide as the page; a topic opens its own rows. */
import { BigButton } from '../parts/big-button.tsx';
import { Frame, type ScreenProps } from '../parts/frame.tsx';
import { PagedList } from '../parts/paged-list.tsx';
import { PickRow } from '../parts/pick-row.tsx';

export function Guides({ body, ...view }: ScreenProps<'S-GUIDES'>) {
  const { text, does, screen, layout } = view;
  const { language, textSize } = screen.settings;
  const words = text.affairs.guides;
  return (
    <Frame
      view={view}
      class="choose"
      band={<p class="band-title">{body.of === 'all' ? text.ways.jobs.guides : words.topics[body.of]}</p>}
      actions={
        <>
          {body.of !== 'all' && (
            <BigButton kind="primary" does="confirm" onPress={() => does({ do: 'confirm' })}>
              {words.toList}
            </BigButton>
          )}
          <BigButton kind="secondary" does="cancel" onPress={() => does({ do: 'cancel' })}>
            {text.backHome}
          </BigButton>
        </>
      }
    >
      <h1>{words.title}</h1>
      <PagedList
        key={body.of}
        rows={body.entries.map((entry) => (
          <PickRow
            key={entry.id}
            text={text}
            does={`choose ${entry.id}`}
            title={entry.kind === 'topic' ? words.topics[entry.topic] : entry.title[language]}
            {...(entry.kind === 'notice' && { note: words.notice })}
            {...(entry.kind === 'topic' && { opens: true })}
            onPress={() => does({ do: 'choose', id: entry.id })}
          />
        ))}
        text={text}
        look={`${layout} ${textSize} ${language}`}
      />
    </Frame>
  );
}
