/** S-GUIDES: notices and guides, each a row as wide as the page. */
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
      band={<p class="band-title">{text.ways.jobs.guides}</p>}
      actions={
        <BigButton kind="secondary" does="cancel" onPress={() => does({ do: 'cancel' })}>
          {text.backHome}
        </BigButton>
      }
    >
      <h1>{words.title}</h1>
      <PagedList
        rows={body.entries.map(({ id, kind, title }) => (
          <PickRow
            key={id}
            text={text}
            does={`choose ${id}`}
            title={title[language]}
            {...(kind === 'notice' && { note: words.notice })}
            onPress={() => does({ do: 'choose', id })}
          />
        ))}
        text={text}
        look={`${layout} ${textSize} ${language}`}
      />
    </Frame>
  );
}
