package dev.vigie.delivery;

import dev.vigie.testing.Api;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns the pages of a list until there are no more. */
final class MatchPages {

    private MatchPages() {}

    /** The ids on all pages of a list whose address has a question mark already. */
    static List<String> ids(String list) {
        List<String> ids = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            var page =
                    Api.get(cursor == null ? list : list + "&after=" + cursor)
                            .statusCode(200)
                            .extract();
            ids.addAll(page.<List<String>>path("items.id"));
            cursor = page.path("next");
        } while (cursor != null);
        return ids;
    }
}
