package dev.vigie.secret;

/** Something that is not to be seen; no log line and no error can contain it by mistake. */
public record Secret(String reveal) {

    @Override
    public String toString() {
        return "(secret)";
    }
}
