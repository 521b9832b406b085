package dev.vigie.delivery;

import dev.vigie.secret.SecretBox;
import java.util.List;

/** Links as they are in a service that runs, without one. */
public final class PlainLinks {

    private PlainLinks() {}

    public static AlertLinks of(String base) {
        return new AlertLinks(base, new SecretBox(List.of(new byte[SecretBox.KEY_BYTES])));
    }
}
