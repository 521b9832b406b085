package dev.vigie.canary;

import static dev.vigie.simulator.GeneralName.dns;
import static dev.vigie.simulator.GeneralName.uri;

import dev.vigie.simulator.CertificateMaker;
import dev.vigie.simulator.GeneralName;
import dev.vigie.simulator.SimulatedLog;
import java.time.Instant;
import java.util.List;

/** The certificates of a set. The one rule is the domain canary.vigie.invalid, of the migration. */
enum CanaryKind {
    PLAIN("plain name", "Canary", dns("www.canary.vigie.invalid")),
    FINAL("final certificate", "Canary", dns("canary.vigie.invalid")),
    WILDCARD("wildcard", "Canary", dns("*.vigie.invalid")),
    NUL("name with a NUL", "Canary", dns("canary.vigie.invalid\0.example")),
    BAD_URI(
            "name beside a malformed URI",
            "Canary",
            uri("https://[\0\u00ff"),
            dns("canary.vigie.invalid")),
    COMMON_NAME("common name alone", "canary.vigie.invalid");

    private final String title;
    private final String commonName;
    private final List<GeneralName> names;

    CanaryKind(String title, String commonName, GeneralName... names) {
        this.title = title;
        this.commonName = commonName;
        this.names = List.of(names);
    }

    /** As people read it. */
    String title() {
        return title;
    }

    CertificateMaker.Issuance issue(CertificateMaker ca, Instant now) {
        return ca.issue(commonName, names, now);
    }

    void enter(CertificateMaker.Issuance issuance, SimulatedLog log) {
        if (this == FINAL) {
            log.addX509(issuance.certificate());
        } else {
            log.addPrecert(issuance);
        }
    }
}
