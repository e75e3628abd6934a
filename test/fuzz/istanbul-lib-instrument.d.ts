/** The little of `istanbul-lib-instrument` that the fuzzing loop uses; the package brings no types. */
declare module 'istanbul-lib-instrument' {
  export function createInstrumenter(options: { readonly esModules: boolean; readonly compact: boolean }): {
    instrumentSync(source: string, filename: string): string;
  };
}
