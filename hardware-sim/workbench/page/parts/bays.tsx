/** The other devices of the cabinet: each with its lamp, what is seen of it, and a button for every hand. */
import type { BayView } from '../../workbench-messages.ts';
import type { Ask } from '../hall-line.ts';
import { Title } from './title.tsx';

interface BaysProps {
  readonly bays: readonly BayView[];
  readonly ask: Ask;
}

const lamps = {
  well: ['green', '正常', 'well'],
  busy: ['amber', '忙', 'busy'],
  wrong: ['red', '有问题', 'wrong'],
  unplugged: ['red', '已拔线', 'unplugged'],
} as const;

export function Bays({ bays, ask }: BaysProps) {
  return (
    <div class="bays">
      {bays.map((bay) => (
        <section key={bay.id} class="device" data-bay={bay.id}>
          <Title words={bay.words}>
            <span class={`lamp ${lamps[bay.lamp][0]}`} data-lamp={bay.lamp}>
              {lamps[bay.lamp][1]} <small lang="en">{lamps[bay.lamp][2]}</small>
            </span>
          </Title>
          <dl class="seen">
            {bay.seen.map(({ words, value }) => (
              <div key={words[1]}>
                <dt>
                  {words[0]} <small lang="en">{words[1]}</small>
                </dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
          <div class="hands four">
            {bay.hands.flatMap((hand) =>
              (hand.with.length > 0 ? hand.with : [undefined]).map((given) => (
                <button
                  key={`${hand.name} ${given}`}
                  type="button"
                  class={`hand ${hand.look ?? ''}`}
                  data-hand={`${bay.id} ${hand.name}${given === undefined ? '' : ` ${given}`}`}
                  disabled={!hand.can}
                  onClick={() =>
                    ask(
                      given === undefined
                        ? { bay: bay.id, hand: hand.name }
                        : { bay: bay.id, hand: hand.name, with: given },
                    )
                  }
                >
                  <span>{given === undefined ? hand.words[0] : `${hand.words[0]} ${given}`}</span>
                  <small lang="en">{hand.words[1]}</small>
                </button>
              )),
            )}
          </div>
        </section>
      ))}
    </div>
  );
}
