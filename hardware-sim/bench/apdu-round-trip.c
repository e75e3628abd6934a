/*
 * The floor of the APDU benchmark: the native library, called from C, does the
 * same READ BINARY of 16 bytes on the same virtual reader.
 *
 * apdu-round-trip READER WARM-UPS APDUS: one line of nanoseconds per APDU.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <winscard.h>

static void must(LONG result, const char *what) {
    if (result == SCARD_S_SUCCESS) return;
    fprintf(stderr, "%s: %s\n", what, pcsc_stringify_error(result));
    exit(1);
}

static long nanoseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000000L + now.tv_nsec;
}

int main(int argc, char **argv) {
    SCARDCONTEXT context;
    SCARDHANDLE card;
    DWORD protocol;
    const BYTE read_binary[] = {0x00, 0xB0, 0x00, 0x00, 0x10};
    if (argc != 4) {
        fprintf(stderr, "usage: apdu-round-trip READER WARM-UPS APDUS\n");
        return 2;
    }
    long warm_ups = atol(argv[2]), count = atol(argv[3]);
    long *took = calloc(count > 0 ? count : 1, sizeof *took);
    must(SCardEstablishContext(SCARD_SCOPE_SYSTEM, NULL, NULL, &context), "SCardEstablishContext");
    must(SCardConnect(context, argv[1], SCARD_SHARE_EXCLUSIVE, SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1, &card, &protocol),
         "SCardConnect");
    const SCARD_IO_REQUEST *pci = protocol == SCARD_PROTOCOL_T1 ? SCARD_PCI_T1 : SCARD_PCI_T0;
    for (long at = -warm_ups; at < count; at += 1) {
        BYTE answer[258];
        DWORD length = sizeof answer;
        long started = nanoseconds();
        must(SCardTransmit(card, pci, read_binary, sizeof read_binary, NULL, answer, &length), "SCardTransmit");
        if (at >= 0) took[at] = nanoseconds() - started;
        if (length != 18) {
            fprintf(stderr, "an answer of %lu bytes\n", (unsigned long) length);
            return 1;
        }
    }
    must(SCardDisconnect(card, SCARD_UNPOWER_CARD), "SCardDisconnect");
    must(SCardReleaseContext(context), "SCardReleaseContext");
    for (long at = 0; at < count; at += 1) printf("%ld\n", took[at]);
    free(took);
    return 0;
}
