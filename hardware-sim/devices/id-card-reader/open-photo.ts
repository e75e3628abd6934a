/**
 * The virtual reader maker's decoder: 1,024 bytes of a virtual chip's photo in, the JPEG that they stand for out.
 *
 * A program of its own, started as a site's licensed decoder is. The virtual
 * photo is noise behind its mark but for one byte, which says whose it is.
 * Exit 1 for anything else.
 */
import { chipPhoto } from '../camera/scene-pictures.ts';
import { photographedIn } from './virtual-photo.ts';

const pieces: Buffer[] = [];
for await (const piece of process.stdin) pieces.push(piece as Buffer);
const person = photographedIn(Buffer.concat(pieces));
if (person) process.stdout.write(chipPhoto(person));
else process.exitCode = 1;
