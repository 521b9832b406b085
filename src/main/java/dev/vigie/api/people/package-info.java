/** Teams, users, tokens, and who did what. */
@NullMarked
package dev.vigie.api.people;

import org.jspecify.annotations.NullMarked;
