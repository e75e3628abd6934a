/**
 * Whether the kiosk's camera sees (电子技术监控, SZ-268b): where the region's profile wants it, no insurance without it.
 *
 * A lens that is covered and a camera that is away are the same. One promise: both ways are told within the camera's
 * own few seconds, and the insurance path opens again by itself.
 */
import type { Camera } from '../../drivers/camera/camera.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import type { Unsubscribe } from '../ports.ts';
import type { CheckRules } from './profile.ts';

interface InsurancePath {
  readonly insuranceOpen: boolean;
  onChanged(listener: () => void): Unsubscribe;
}

export interface WatchedLensOptions {
  readonly camera: Camera | undefined;
  readonly checks: CheckRules;
  readonly audit: Pick<AuditTrail, 'write'>;
}

export class WatchedLens {
  readonly #wanted: boolean;
  readonly #camera: Camera | undefined;
  readonly #listeners = new Set<() => void>();

  constructor({ camera, checks, audit }: WatchedLensOptions) {
    this.#wanted = checks.camera === 'mustSee';
    this.#camera = camera;
    camera?.onCameraEvent((event) => {
      if (event.event !== 'lensChanged') return;
      if (event.lens !== 'unknown') audit.write('camera.lens', { device: camera.id, state: event.lens });
      this.#tell();
    });
    camera?.onStateChanged(() => this.#tell());
  }

  /** The insurance path may be open; always where the profile does not ask for a camera. */
  get sees(): boolean {
    if (!this.#wanted) return true;
    return this.#camera?.state === 'online' && this.#camera.lens === 'clear';
  }

  onChanged(listener: () => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** For the reception: insurance is open when both say so. */
  alongside(path: InsurancePath) {
    return {
      insuranceOpen: (): boolean => path.insuranceOpen && this.sees,
      onInsuranceChanged: (listener: () => void): Unsubscribe => {
        const stops = [path.onChanged(listener), this.onChanged(listener)];
        return () => {
          for (const stop of stops) stop();
        };
      },
    };
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
