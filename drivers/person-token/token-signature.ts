/**
 * Whether a signature over a challenge was made by the key of a certificate.
 *
 * One promise: whatever bytes come from a token, the answer is yes or no; it
 * says nothing about whether the certificate is to be trusted.
 */
import { constants, verify, type X509Certificate } from 'node:crypto';
import type { TokenAlgorithm, TokenSignature } from './person-token.ts';

/** The way in which this certificate's key signs, or `undefined` for keys that no staff token has. */
export function algorithmOfCertificate(certificate: X509Certificate): TokenAlgorithm | undefined {
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = certificate.publicKey;
    if (asymmetricKeyType === 'rsa' && asymmetricKeyDetails?.modulusLength === 2048) return 'rsaPkcs1Sha256';
    if (asymmetricKeyType === 'ec' && asymmetricKeyDetails?.namedCurve === 'prime256v1') return 'ecdsaSha256';
  } catch {
    // A key in a form that the engine can't take is a key that nobody can check.
  }
  return undefined;
}

export function isSignedBy(certificate: X509Certificate, challenge: Uint8Array, signed: TokenSignature): boolean {
  if (algorithmOfCertificate(certificate) !== signed.algorithm) return false;
  const form =
    signed.algorithm === 'rsaPkcs1Sha256'
      ? { padding: constants.RSA_PKCS1_PADDING }
      : ({ dsaEncoding: 'der' } as const);
  try {
    return verify('sha256', challenge, { key: certificate.publicKey, ...form }, signed.signature);
  } catch {
    return false;
  }
}
