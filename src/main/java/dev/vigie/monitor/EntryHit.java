package dev.vigie.monitor;

import dev.vigie.ct.EntryType;
import dev.vigie.match.SeenCertificate;
import dev.vigie.rule.Hit;
import java.time.Instant;
import java.util.List;

/** An entry that met at least one rule. */
record EntryHit(
        long index,
        Instant timestamp,
        EntryType type,
        SeenCertificate certificate,
        List<Hit> hits) {}
