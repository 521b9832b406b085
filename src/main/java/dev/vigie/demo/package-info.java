/** Something to see within seconds, also without internet. */
@NullMarked
package dev.vigie.demo;

import org.jspecify.annotations.NullMarked;
