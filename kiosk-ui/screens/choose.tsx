/** S-CHOOSE: one of several things, each a row as wide as the page. */
import type { VNode } from 'preact';
import type { Choice, ChoiceQuestion, JobName } from '../../firmware/screen/messages.ts';
import { BigButton } from '../parts/big-button.tsx';
import { Frame, type ScreenProps } from '../parts/frame.tsx';
import { PagedList } from '../parts/paged-list.tsx';
import { PickRow } from '../parts/pick-row.tsx';
import { date, fill, lookUp } from '../text/fill.ts';

/** Whose page it is. */
const JOB_OF: Readonly<Record<ChoiceQuestion, JobName>> = {
  refundOf: 'refund',
  refundReason: 'refund',
  appointment: 'registration',
  department: 'registration',
  doctor: 'registration',
  reprintOf: 'reprint',
  complaintAbout: 'complaint',
  withoutCard: 'settleOutpatient',
};

export function Choose({ body, ...view }: ScreenProps<'S-CHOOSE'>) {
  const { text, does, screen, layout } = view;
  const words = text.ways.choose;
  const title = (choice: Choice): string =>
    choice.title === '' ? (lookUp(words.words, choice.id) ?? '') : choice.title;
  // Each part stays in one piece when the line is too short for all.
  const noteOf = ({ day, note, left, insured }: Choice): VNode | undefined => {
    const said = [
      ...(day === undefined ? [] : [date(text, day)]),
      ...(note === undefined ? [] : [note]),
      ...(insured ? [words.insured] : []),
      ...(left === undefined ? [] : [fill(words.left, { left })]),
    ];
    if (said.length === 0) return undefined;
    return (
      <span class="pieces">
        {said.map((piece) => (
          <span key={piece}>{piece}</span>
        ))}
      </span>
    );
  };
  const rows = body.choices.map((choice) => (
    <PickRow
      key={choice.id}
      text={text}
      does={`choose ${choice.id}`}
      title={title(choice)}
      note={noteOf(choice)}
      amountFen={choice.amountFen}
      off={choice.off && words.off[choice.off]}
      onPress={() => does({ do: 'choose', id: choice.id })}
    />
  ));
  return (
    <Frame
      view={view}
      class="choose"
      band={<p class="band-title">{text.ways.jobs[JOB_OF[body.ask]]}</p>}
      actions={
        <BigButton kind="secondary" does="cancel" onPress={() => does({ do: 'cancel' })}>
          {text.cancel}
        </BigButton>
      }
    >
      <h1>{words.titles[body.ask]}</h1>
      <PagedList rows={rows} text={text} look={`${layout} ${screen.settings.textSize} ${screen.settings.language}`} />
    </Frame>
  );
}
