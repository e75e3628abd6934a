/**
 * The simulator's door: starts the real firmware on a simulated world.
 *
 * Two forms: a scenario on virtual time, all in this process, and (live-kiosk.ts)
 * a kiosk on the real clock behind loopback wires. This file alone knows
 * firmware/kiosk.ts.
 */
import { readFileSync } from 'node:fs';
import { loadBoardLibrary, loadRomanizer, startKiosk } from '../firmware/kiosk.ts';
import { createTestAuthority, signByBoth } from '../provisioning/test-authority.ts';
import { demoRulePackBytes } from './parties/catalogue/rule-pack.ts';
import { DEMO_INSTITUTION } from './parties/virtual-world.ts';
import { runScenario, type ScenarioResult, type StartedKiosk, type StartKiosk } from './scenarios/run-scenario.ts';
import type { SabotageName } from './scenarios/sabotage-names.ts';
import type { Scenario } from './scenarios/scenario.ts';
import { simulatedSite, withMerchant } from './world/simulated-site.ts';

/** Runs one scenario through the whole firmware. */
export async function runOnVirtualTime(
  scenario: Scenario,
  options: {
    readonly seed: number;
    readonly sabotage?: SabotageName | undefined;
    /** Stands between the person and the screen, and sees both. */
    readonly overlook?: (page: StartedKiosk['page']) => StartedKiosk['page'];
  },
): Promise<ScenarioResult> {
  // Virtual time waits for no module.
  if (scenario.priceList) await loadRomanizer();
  if (scenario.devices.includes('cabinet')) await loadBoardLibrary();
  const { overlook = (page) => page } = options;
  const start: StartKiosk = (parts) => {
    const kiosk = startVirtually(parts);
    return { ...kiosk, page: overlook(kiosk.page) };
  };
  return runScenario(scenario, { ...options, startKiosk: start, realMs: () => performance.now() });
}

const authority = createTestAuthority();
const SIGNED_AT = '2026-01-01T00:00:00+08:00';

const startVirtually: StartKiosk = ({ world, scenario, devices, priceList, bend, onSessionEnded }) => {
  const filed = withMerchant(readFileSync(profileFile(scenario.profile)), DEMO_INSTITUTION.code);
  const place = JSON.parse(new TextDecoder().decode(filed)) as ProfileJson;
  if (scenario.visitDrivenBy) place.insurance.visitDrivenBy = scenario.visitDrivenBy;
  if (scenario.money) place.money.order = scenario.money;
  if (scenario.watched) place.checks.camera = 'mustSee';
  bend(place);
  const profile = new TextEncoder().encode(JSON.stringify(place));
  const rules = demoRulePackBytes();
  const kiosk = startKiosk({
    world,
    config: siteConfig(devices),
    pack: { profile, signatures: signByBoth(profile, authority, SIGNED_AT, 'region') },
    rulePack: { rules, signatures: signByBoth(rules, authority, SIGNED_AT, 'rules') },
    ...(scenario.priceList ? { prices: { offered: () => signedPrices(priceList()) } } : {}),
    trust: authority.trust,
    sealingKey: new Uint8Array(32).fill(7),
    ledger: 'thisThread',
    onLedgerStopped: () => undefined,
    onSessionEnded,
  });
  return {
    page: kiosk.screen,
    openSettlements: () => kiosk.settlements.open(),
    settlementState: async (number) => (await kiosk.settlements.status(number))?.view.state,
  };
};

/** Signed by both people of the test authority. */
function signedPrices(list: Uint8Array | undefined) {
  return list && { list, signatures: signByBoth(list, authority, SIGNED_AT, 'prices') };
}

interface ProfileJson {
  consent: { unitPriceFen: number; sumFen: number };
  insurance: { visitDrivenBy: string };
  money: { order: string; useAccountByDefault: boolean };
  checks: { camera?: string };
  guides?: readonly unknown[];
}

function profileFile(name: string): URL {
  return new URL(`../firmware/region/profiles/${name}.json`, import.meta.url);
}

function siteConfig(devices: Readonly<Record<string, object>>): Parameters<typeof startKiosk>[0]['config'] {
  return {
    kioskId: 'sim-kiosk-1',
    hospital: {
      institutionCode: DEMO_INSTITUTION.code,
      institutionName: DEMO_INSTITUTION.name,
      areaCode: DEMO_INSTITUTION.areaCode,
      helpWindow: '1号人工窗口',
      phone: '0990-1234567',
    },
    ...simulatedSite,
    devices: { ...simulatedSite.devices, ...devices },
    broker: undefined,
    screenPort: 0,
  };
}
