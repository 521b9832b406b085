package dev.vigie.api.change;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A request that changes something: it is one transaction together with its entry in the audit, can
 * be bound to what somebody has read ({@code If-Match}), and if it creates something it can be
 * repeated ({@code Idempotency-Key}).
 */
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Change {

    /** Whether it replaces the whole, so that it is refused without If-Match. */
    @Nonbinding
    boolean replaces() default false;

    /** Whether there is nothing before it. */
    @Nonbinding
    boolean creates() default false;
}
