/** Plays one clip of the runtime at a time. One promise: it says whether the end was reached, and never throws. */

export function playClip(clip: string): Promise<boolean> {
  return new Promise((resolve) => {
    const audio = new Audio(`/voice/${clip}.wav`);
    audio.addEventListener('ended', () => resolve(true), { once: true });
    audio.addEventListener('error', () => resolve(false), { once: true });
    // A browser that allows no sound without a touch refuses here: start it with --autoplay-policy=no-user-gesture-required.
    audio.play().catch(() => resolve(false));
  });
}
