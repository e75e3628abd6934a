/**
 * What a Chromium may do on a kiosk, policy by policy, each with its reason.
 *
 * One promise: every row is a policy of Chromium's own list
 * (https://chromeenterprise.google/policies/), and a real Chromium has shown the ones that keep a patient in.
 */

export type PolicyValue = boolean | number | string | readonly string[];

export interface PolicyRow {
  readonly name: string;
  readonly value: PolicyValue;
  readonly why: string;
}

/** The rows that do not depend on where the screen is served. */
export const POLICY_ROWS: readonly PolicyRow[] = [
  // Out of the page.
  {
    name: 'URLBlocklist',
    value: ['*', 'chrome://*', 'chrome-untrusted://*', 'devtools://*', 'view-source:*', 'file://*', 'javascript://*'],
    why: 'no host but the kiosk itself (SZ-300); "*" alone lets the browser’s own pages through',
  },
  { name: 'DownloadRestrictions', value: 3, why: 'nothing is put on the disk' },
  { name: 'DeveloperToolsAvailability', value: 2, why: 'a keyboard in a service hatch opens no inspector' },
  { name: 'DefaultPopupsSetting', value: 2, why: 'one window: a second one would have no way back' },
  { name: 'AllowFileSelectionDialogs', value: false, why: 'a file dialogue is a look at the disk' },
  { name: 'PrintingEnabled', value: false, why: 'paper comes from the drivers, never from a print dialogue' },
  { name: 'AllowDinosaurEasterEgg', value: false, why: 'no game on an error page' },
  { name: 'TaskManagerEndProcessEnabled', value: false, why: 'nobody ends the page but its keeper' },
  { name: 'ExtensionInstallBlocklist', value: ['*'], why: 'code of others reads what the patient reads' },
  { name: 'BookmarkBarEnabled', value: false, why: 'nothing around the page' },
  { name: 'EditBookmarksEnabled', value: false, why: 'the next patient finds nothing of the last one' },
  { name: 'FullscreenAllowed', value: true, why: 'the page is the whole panel' },
  { name: 'HideWebStoreIcon', value: true, why: 'no way to a shop' },
  // What is remembered of a person.
  {
    name: 'IncognitoModeAvailability',
    value: 1,
    why: 'one kind of window; its profile lies in memory and ends with it',
  },
  { name: 'BrowserGuestModeEnabled', value: false, why: 'no window beside the one that is watched' },
  { name: 'BrowserAddPersonEnabled', value: false, why: 'no second profile' },
  { name: 'BrowserSignin', value: 0, why: 'no account on a public machine' },
  { name: 'SyncDisabled', value: true, why: 'nothing leaves the machine' },
  { name: 'PasswordManagerEnabled', value: false, why: 'a number typed here is offered to nobody else' },
  { name: 'AutofillAddressEnabled', value: false, why: 'a name typed here is offered to nobody else' },
  { name: 'AutofillCreditCardEnabled', value: false, why: 'a card typed here is offered to nobody else' },
  { name: 'SavingBrowserHistoryDisabled', value: true, why: 'nothing to look back at' },
  { name: 'AllowDeletingBrowserHistory', value: true, why: 'what there is may go' },
  { name: 'RestoreOnStartup', value: 5, why: 'a new start is a new page, with no question whether to restore' },
  { name: 'DefaultCookiesSetting', value: 4, why: 'cookies live as long as the window' },
  // The cabinet's senses belong to the drivers.
  { name: 'AudioCaptureAllowed', value: false, why: 'the page has no ear' },
  { name: 'VideoCaptureAllowed', value: false, why: 'the camera belongs to its driver' },
  { name: 'ScreenCaptureAllowed', value: false, why: 'what a patient sees is not recorded here' },
  { name: 'DefaultGeolocationSetting', value: 2, why: 'a kiosk knows where it stands' },
  { name: 'DefaultNotificationsSetting', value: 2, why: 'no box over the page' },
  { name: 'DefaultSensorsSetting', value: 2, why: 'no sensor is the page’s' },
  { name: 'DefaultSerialGuardSetting', value: 2, why: 'serial devices belong to the drivers' },
  { name: 'DefaultWebUsbGuardSetting', value: 2, why: 'USB devices belong to the drivers' },
  { name: 'DefaultWebHidGuardSetting', value: 2, why: 'HID devices belong to the drivers' },
  { name: 'DefaultWebBluetoothGuardSetting', value: 2, why: 'no radio' },
  { name: 'DefaultFileSystemReadGuardSetting', value: 2, why: 'the page reads no file' },
  { name: 'DefaultFileSystemWriteGuardSetting', value: 2, why: 'the page writes no file' },
  // Talk with the outside, and boxes that come up by themselves.
  { name: 'TranslateEnabled', value: false, why: 'the page has its own languages; a translator sends the text away' },
  { name: 'SearchSuggestEnabled', value: false, why: 'nothing typed leaves the machine' },
  { name: 'DefaultSearchProviderEnabled', value: false, why: 'no search from wherever a word is typed' },
  { name: 'SpellcheckEnabled', value: false, why: 'no red line under a name, no word list of names' },
  { name: 'MetricsReportingEnabled', value: false, why: 'no report to a vendor' },
  { name: 'UrlKeyedAnonymizedDataCollectionEnabled', value: false, why: 'no report to a vendor' },
  { name: 'SafeBrowsingProtectionLevel', value: 0, why: 'it asks a host that a dedicated line does not reach' },
  { name: 'NetworkPredictionOptions', value: 2, why: 'nothing is fetched before it is wanted' },
  { name: 'DnsOverHttpsMode', value: 'off', why: 'no resolver but the machine’s' },
  { name: 'AlternateErrorPagesEnabled', value: false, why: 'an error page asks nobody' },
  { name: 'ComponentUpdatesEnabled', value: false, why: 'updates come signed, by the kiosk’s own way' },
  { name: 'BackgroundModeEnabled', value: false, why: 'a closed browser is an ended one' },
  { name: 'PromotionsEnabled', value: false, why: 'no box over the page' },
  { name: 'DefaultBrowserSettingEnabled', value: false, why: 'no question at the start' },
  { name: 'EnableMediaRouter', value: false, why: 'no search for televisions in the hospital’s network' },
  { name: 'CloudPrintProxyEnabled', value: false, why: 'paper comes from the drivers' },
  { name: 'QuicAllowed', value: false, why: 'loopback needs none' },
];
