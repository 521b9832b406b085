/** Pages for people who have a link. */
@NullMarked
package dev.vigie.web;

import org.jspecify.annotations.NullMarked;
