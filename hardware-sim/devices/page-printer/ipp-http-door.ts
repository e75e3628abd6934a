/** The A4 printer on a loopback port, as a networked one stands in the room. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LinkLostError } from '../../../drivers/ports.ts';
import type { SimPagePrinter } from './sim-page-printer.ts';

export interface IppHttpDoor {
  /** `ipp://127.0.0.1:…/ipp/print` */
  readonly address: string;
  close(): Promise<void>;
}

export async function openIppDoor(printer: SimPagePrinter): Promise<IppHttpDoor> {
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    const gone = new AbortController();
    response.on('close', () => gone.abort(new LinkLostError('the host hung up')));
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      printer.ask(Buffer.concat(chunks), gone.signal).then(
        (answer) => response.writeHead(200, { 'content-type': 'application/ipp' }).end(answer),
        () => response.destroy(),
      );
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve());
  });
  return {
    address: `ipp://127.0.0.1:${(server.address() as AddressInfo).port}/ipp/print`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
