/** Teams, and how far somebody's sight reaches. */
@NullMarked
package dev.vigie.team;

import org.jspecify.annotations.NullMarked;
