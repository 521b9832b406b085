package dev.vigie.stream;

import dev.vigie.dns.InertName;
import dev.vigie.follow.LoggedEntry;
import dev.vigie.x509.CertificateScanner;
import dev.vigie.x509.NameSink;
import dev.vigie.x509.RawNameSearch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The names of a certificate, also of one that cannot be read: then all that may be one. */
final class PossibleNames implements NameSink {

    /** There is no end to what may be a name. */
    private static final int MOST_GUESSES = 100;

    private final Set<InertName> names;
    private byte[] run = new byte[0];
    private int start;
    private int end;
    private int guesses;

    private PossibleNames(Set<InertName> names) {
        this.names = names;
    }

    static List<InertName> of(LoggedEntry entry) {
        List<InertName> read = entry.dnsNames();
        byte[] tbs = entry.tbs();
        if (entry.problem().isEmpty()
                && new CertificateScanner().scanTbs(tbs, 0, tbs.length, new Nowhere()) == null) {
            return read;
        }
        var possible = new PossibleNames(new LinkedHashSet<>(read));
        byte[] bytes = entry.certificate();
        RawNameSearch.search(bytes, 0, bytes.length, possible);
        return new ArrayList<>(possible.names);
    }

    private record Nowhere() implements NameSink {
        @Override
        public void dnsName(byte[] buffer, int offset, int length) {}

        @Override
        public void commonName(byte[] buffer, int offset, int length) {}

        @Override
        public void ipAddress(byte[] buffer, int offset, int length) {}
    }

    /** A run of letters, or a part of the one before; only the whole of it counts. */
    @Override
    public void dnsName(byte[] buffer, int offset, int length) {
        int limit = offset + length;
        boolean partOfRun =
                limit <= end
                        && offset >= start
                        && Arrays.equals(run, 0, run.length, buffer, start, end);
        if (partOfRun || guesses >= MOST_GUESSES) {
            return;
        }
        guesses++;
        start = offset;
        end = limit;
        run = Arrays.copyOfRange(buffer, offset, limit);
        // the byte before a name is its length, and may itself be taken for a part of it
        int before = offset > 0 ? buffer[offset - 1] : 0;
        int first = buffer[offset];
        if (isLength(before, length)) {
            names.add(InertName.of(buffer, offset, before));
        } else if (isLength(first, length - 1)) {
            names.add(InertName.of(buffer, offset + 1, first));
        } else {
            names.add(InertName.of(buffer, offset, length));
        }
    }

    private static boolean isLength(int value, int most) {
        return value > 2 && value <= most;
    }

    @Override
    public void commonName(byte[] buffer, int offset, int length) {
        dnsName(buffer, offset, length);
    }

    @Override
    public void ipAddress(byte[] buffer, int offset, int length) {}
}
