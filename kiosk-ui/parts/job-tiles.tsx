/** The jobs as big tiles: the first one over the whole width, the others in two columns. */
import type { Intent, JobName } from '../../firmware/screen/messages.ts';
import { BigButton } from './big-button.tsx';
import type { View } from './frame.tsx';
import { JobMark, type TileName } from './job-marks.tsx';

interface JobTilesProps {
  readonly view: View;
  readonly jobs: readonly JobName[];
  /** `primary`: the first job is what most people come for. */
  readonly first: 'primary' | 'equal';
  /** Published prices among them, where they are for anybody: on the home screen. */
  readonly withPrices?: boolean;
}

export function JobTiles({ view: { text, does, screen }, jobs, first, withPrices = true }: JobTilesProps) {
  // Published prices are for anybody, from home only: the menu is somebody's.
  const priced = withPrices && screen.prices && screen.body.name === 'S-HOME';
  const tiles: readonly TileName[] = priced ? [...jobs.slice(0, -1), 'prices', ...jobs.slice(-1)] : jobs;
  return (
    <>
      {tiles.map((job, place) => (
        <BigButton
          key={job}
          kind={place === 0 && first === 'primary' ? 'primary' : 'secondary'}
          class="tile"
          does={Object.values(intentOf(job)).join(' ')}
          onPress={() => does(intentOf(job))}
        >
          <JobMark job={job} />
          <span>{job === 'prices' ? text.price.title : text.ways.jobs[job]}</span>
        </BigButton>
      ))}
    </>
  );
}

function intentOf(tile: TileName): Intent {
  if (tile === 'findMoney' || tile === 'prices') return { do: tile };
  return tile === 'papers' || tile === 'more' ? { do: 'menu', menu: tile } : { do: 'start', journey: tile };
}
