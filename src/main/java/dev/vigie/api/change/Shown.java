package dev.vigie.api.change;

import org.jspecify.annotations.Nullable;

/** A resource that can say what is there before a change. */
public interface Shown {

    /**
     * What is there, as people may see it.
     *
     * @param parameters those of the method that is about to change it
     */
    @Nullable Object shown(Object[] parameters);
}
