/** What happens around the card: waiting, the slip coming out, a person at the counter, a hand held up. */

export function WaitingPicture() {
  return (
    <svg class="picture waiting" viewBox="0 0 240 240" aria-hidden="true">
      <circle cx="120" cy="120" r="94" fill="none" stroke="var(--track)" stroke-width="20" />
      <path
        class="runner"
        d="M120 26a94 94 0 0 1 94 94"
        fill="none"
        stroke="var(--ink)"
        stroke-width="20"
        stroke-linecap="round"
      />
      <circle class="dot dot-1" cx="80" cy="120" r="12" fill="var(--ink)" />
      <circle class="dot dot-2" cx="120" cy="120" r="12" fill="var(--ink)" />
      <circle class="dot dot-3" cx="160" cy="120" r="12" fill="var(--ink)" />
    </svg>
  );
}

export function SlipPicture({ moving }: { readonly moving: boolean }) {
  return (
    <svg class={`picture slip ${moving ? 'printing' : ''}`} viewBox="0 0 360 300" aria-hidden="true">
      <clipPath id="below-mouth">
        <rect x="0" y="72" width="360" height="228" />
      </clipPath>
      <rect x="30" y="10" width="300" height="96" rx="22" fill="var(--device)" />
      <rect x="80" y="64" width="200" height="14" rx="7" fill="var(--mouth)" />
      <g clip-path="url(#below-mouth)">
        <g class="moving">
          <path
            d="M96 40h168v236l-14 14-14-14-14 14-14-14-14 14-14-14-14 14-14-14-14 14-14-14-14 14-14-14z"
            fill="var(--paper)"
            stroke="var(--grey-ink)"
            stroke-width="4"
            stroke-linejoin="round"
          />
          <path
            d="M124 112h112M124 142h112M124 172h70M124 218h112"
            stroke="var(--grey-ink)"
            stroke-width="8"
            stroke-linecap="round"
          />
          <path d="M206 172h30" stroke="var(--good)" stroke-width="8" stroke-linecap="round" />
        </g>
      </g>
    </svg>
  );
}

export function CounterPicture() {
  return (
    <svg class="picture counter" viewBox="0 0 420 320" aria-hidden="true">
      <rect x="20" y="18" width="380" height="232" rx="24" fill="var(--disc)" />
      <rect x="20" y="18" width="380" height="44" rx="22" fill="var(--ink)" />
      <path d="M196 28h28M210 28v24" stroke="var(--paper)" stroke-width="0" />
      <circle cx="150" cy="128" r="38" fill="var(--skin)" />
      <path d="M111 124c-2-34 18-50 40-50s42 16 39 50c-12-8-20-16-26-28-14 16-32 24-53 28z" fill="var(--hair)" />
      <path d="M72 250c0-52 32-76 78-76s78 24 78 76z" fill="var(--paper)" stroke="var(--ink)" stroke-width="5" />
      <path d="M132 178l18 26 18-26" fill="none" stroke="var(--ink)" stroke-width="5" stroke-linejoin="round" />
      <path
        d="M254 92h108q14 0 14 14v52q0 14-14 14h-66l-28 26v-26h-14q-14 0-14-14v-52q0-14 14-14z"
        fill="var(--paper)"
        stroke="var(--ink)"
        stroke-width="5"
        stroke-linejoin="round"
      />
      <g class="talk" fill="var(--ink)">
        <circle class="dot dot-1" cx="278" cy="132" r="9" />
        <circle class="dot dot-2" cx="308" cy="132" r="9" />
        <circle class="dot dot-3" cx="338" cy="132" r="9" />
      </g>
      <rect x="6" y="244" width="408" height="34" rx="12" fill="var(--counter)" />
      <rect x="22" y="278" width="376" height="34" fill="var(--track)" />
    </svg>
  );
}

export function HandPicture() {
  return (
    <svg class="picture hand" viewBox="0 0 300 300" aria-hidden="true">
      <circle cx="150" cy="150" r="140" fill="var(--disc)" />
      <g class="moving">
        <path
          d="M104 172v-76a15 15 0 0 1 30 0v48-72a15 15 0 0 1 30 0v72-58a15 15 0 0 1 30 0v66-38a14 14 0 0 1 28 0v74c0 46-26 76-66 76-34 0-50-18-66-50l-26-48c-10-20 16-34 28-16z"
          fill="var(--skin)"
          stroke="var(--skin-line)"
          stroke-width="6"
          stroke-linejoin="round"
        />
      </g>
    </svg>
  );
}

export function SuccessPicture() {
  return (
    <svg class="picture success-picture" viewBox="0 0 240 240" aria-hidden="true">
      <circle cx="120" cy="120" r="108" fill="var(--good-disc)" />
      <circle cx="120" cy="120" r="84" fill="var(--good)" />
      <path
        class="stroke"
        d="M82 124l28 28 50-58"
        fill="none"
        stroke="var(--on-good)"
        stroke-width="17"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
