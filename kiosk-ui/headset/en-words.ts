/** English text with amounts, dates and long numbers as they are said. */

const MONTHS: Readonly<Record<string, string>> = {
  ...{ Jan: 'January', Feb: 'February', Mar: 'March', Apr: 'April', May: 'May', Jun: 'June' },
  ...{ Jul: 'July', Aug: 'August', Sep: 'September', Oct: 'October', Nov: 'November', Dec: 'December' },
};

/** ¥203.50 → 203 yuan 50; telephone and settlement numbers one by one. */
export function enWords(text: string): string {
  return text
    .replace(/[¥￥](-)?(\d+)(?:\.(\d{2}))?/g, (_, minus: string | undefined, yuan: string, cents?: string) => {
      const small = cents === undefined || cents === '00' ? '' : ` and ${Number(cents)} fen`;
      return `${minus ? 'minus ' : ''}${yuan} yuan${small}`;
    })
    .replace(/(\d{1,2}) ([A-Z][a-z]{2}) (\d{4})/g, (all, day: string, month: string, year: string) =>
      MONTHS[month] ? `${day} ${MONTHS[month]} ${year}` : all,
    )
    .replace(/[A-Z\d]{4} [A-Z\d]{4} [A-Z\d]{4}(?![A-Z\d])/g, (all) => all.split(' ').map(oneByOne).join(', '))
    .replace(/[A-Z]{1,3}-?\d{2,4}(?!\d)/g, oneByOne)
    .replace(/\d[\d -]{3,}\d/g, (all) => (all.replace(/\D/g, '').length >= 5 ? oneByOne(all) : all))
    .replace(/ *[·/|] */g, ', ');
}

function oneByOne(all: string): string {
  return [...all].filter((character) => /[A-Z\d]/.test(character)).join(' ');
}
