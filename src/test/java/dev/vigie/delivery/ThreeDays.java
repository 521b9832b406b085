package dev.vigie.delivery;

import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.inject.Qualifier;
import java.lang.annotation.Retention;

/** With the waits of three days that a service has, not those of the tests. */
@Qualifier
@Retention(RUNTIME)
@interface ThreeDays {}
