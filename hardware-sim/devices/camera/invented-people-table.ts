/**
 * The invented people who step in front of the virtual camera.
 *
 * Chosen by search among random drawings so that the engine tells them apart;
 * who is the model for none of them. Their names are the project's test names.
 */
import type { DrawnPerson } from './drawn-face.ts';

export type PersonId = 'jia' | 'yi' | 'bing' | 'ding';

export const INVENTED_PEOPLE: Readonly<Record<PersonId, DrawnPerson>> = {
  /** 测试甲 */
  jia: {
    name: 'jia',
    skin: '#c99a72',
    hair: '#15110f',
    hairStyle: 'long',
    headWidth: 0.671,
    jaw: 0.91,
    eyeGap: 0.308,
    eyeSize: 0.139,
    eyeLevel: 0.463,
    browThickness: 0.119,
    browTilt: 0.034,
    noseLength: 0.133,
    noseWidth: 0.19,
    mouthWidth: 0.319,
    lips: 0.103,
    wrinkles: false,
    glasses: false,
    beard: false,
  },
  /** 测试乙 */
  yi: {
    name: 'yi',
    skin: '#c99a72',
    hair: '#15110f',
    hairStyle: 'bald',
    headWidth: 0.809,
    jaw: 0.901,
    eyeGap: 0.375,
    eyeSize: 0.174,
    eyeLevel: 0.404,
    browThickness: 0.045,
    browTilt: -0.106,
    noseLength: 0.222,
    noseWidth: 0.108,
    mouthWidth: 0.307,
    lips: 0.085,
    wrinkles: true,
    glasses: false,
    beard: true,
  },
  /** 测试丙 */
  bing: {
    name: 'bing',
    skin: '#d9b08c',
    hair: '#15110f',
    hairStyle: 'bob',
    headWidth: 0.656,
    jaw: 0.924,
    eyeGap: 0.291,
    eyeSize: 0.197,
    eyeLevel: 0.403,
    browThickness: 0.1,
    browTilt: 0.126,
    noseLength: 0.213,
    noseWidth: 0.181,
    mouthWidth: 0.152,
    lips: 0.073,
    wrinkles: false,
    glasses: true,
    beard: false,
  },
  /** 测试丁 */
  ding: {
    name: 'ding',
    skin: '#b98a63',
    hair: '#55504c',
    hairStyle: 'bald',
    headWidth: 0.659,
    jaw: 0.56,
    eyeGap: 0.296,
    eyeSize: 0.131,
    eyeLevel: 0.458,
    browThickness: 0.056,
    browTilt: -0.018,
    noseLength: 0.226,
    noseWidth: 0.184,
    mouthWidth: 0.25,
    lips: 0.04,
    wrinkles: false,
    glasses: true,
    beard: false,
  },
};
