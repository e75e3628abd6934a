/** S-COMPLAINT: the number under which it is answered, or the hospital's answer. */
import { BigButton } from '../parts/big-button.tsx';
import { Frame, type ScreenProps } from '../parts/frame.tsx';
import { TickMark, TriangleMark } from '../parts/marks.tsx';
import { Place } from '../parts/notice.tsx';
import { SlipPicture } from '../parts/scene-pictures.tsx';
import { date, fill, lookUp } from '../text/fill.ts';
import { spokenNumber } from '../text/spoken-number.ts';

export function Complaint({ body, ...view }: ScreenProps<'S-COMPLAINT'>) {
  const { text, does } = view;
  const words = text.affairs.complaint;
  const { title, line } = words[body.state];
  const about = lookUp(text.ways.choose.words, body.about) ?? '';
  return (
    <Frame
      view={view}
      class="complaint"
      countdown={body.state === 'taken' ? 'always' : 'late'}
      band={<p class="band-title">{text.ways.jobs.complaint}</p>}
      aside={<Place view={view} />}
      actions={
        body.paper !== 'printing' && (
          <BigButton kind="primary" does="confirm" onPress={() => does({ do: 'confirm' })}>
            {text.done.finish}
          </BigButton>
        )
      }
    >
      <h1 class="with-mark">
        {body.state === 'received' ? <TriangleMark /> : <TickMark />}
        <span>{title}</span>
      </h1>
      {about !== '' && <p>{about}</p>}
      <p class="case-number">{spokenNumber(body.number)}</p>
      {body.answerBy !== undefined && (
        <p class="answer-by">{fill(words.answerBy, { date: date(text, body.answerBy) })}</p>
      )}
      <p class="lead">{body.state === 'answered' ? body.answer : line}</p>
      {body.paper !== 'notAsked' && (
        <div class={`paper ${body.paper}`}>
          <SlipPicture moving={body.paper === 'printing'} />
          <p class="paper-act">{words.paper[body.paper]}</p>
        </div>
      )}
    </Frame>
  );
}
