package dev.vigie.rule.lookalike;

/** Why a name can be mistaken for a watched one. May be kept. */
public final class LookalikeReason {

    private final Technique technique;
    private final String domain;
    private final String brand;
    private final String label;
    private final String other;

    /**
     * @param domain that is watched
     * @param brand its label, with characters of any script
     * @param label that was found, with characters of any script
     * @param other the suffix, the word or the domain that has to do with it, if any
     */
    LookalikeReason(Technique technique, String domain, String brand, String label, String other) {
        this.technique = technique;
        this.domain = domain;
        this.brand = brand;
        this.label = label;
        this.other = other;
    }

    public Technique technique() {
        return technique;
    }

    /** For a person: one line of printable ASCII that names the watched domain. */
    public String text() {
        return switch (technique) {
            case OTHER_TLD -> "%s under another ending: .%s".formatted(domain, other);
            case SUBDOMAIN ->
                    label.isEmpty()
                            ? "%s as a subdomain of %s".formatted(domain, other)
                            : "%s written into a label: %s".formatted(domain, inert(label));
            case HYPHENATION -> "%s with other hyphens: %s".formatted(domain, inert(label));
            case HOMOGLYPH ->
                    "homoglyph of %s: %s".formatted(domain, Difference.lookalikes(brand, label));
            case COMBINATION -> "%s combined with %s: %s".formatted(domain, other, inert(label));
            default -> Difference.of(brand, label).sentence(technique, domain);
        };
    }

    private static String inert(String text) {
        return Difference.inert(text);
    }

    @Override
    public String toString() {
        return text();
    }
}
