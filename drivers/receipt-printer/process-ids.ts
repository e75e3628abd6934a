/** Process ids (`GS ( H`): four digits from 0001 on. One promise: none comes twice while an older one may still be on its way. */
export function processIds(): () => string {
  let last = 0;
  return () => {
    last = (last % 9_999) + 1;
    return String(last).padStart(4, '0');
  };
}
