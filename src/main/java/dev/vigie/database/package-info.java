/** One build for H2 and PostgreSQL: what chooses between them and what evens them out. */
@NullMarked
package dev.vigie.database;

import org.jspecify.annotations.NullMarked;
