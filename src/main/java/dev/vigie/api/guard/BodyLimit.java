package dev.vigie.api.guard;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How long the body of a request may be; {@link #USUAL} where nothing is said. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface BodyLimit {

    /** In bytes. */
    int USUAL = 1 << 20;

    /** In bytes. */
    int value();
}
