/** Rules about the IP addresses in certificates. */
@NullMarked
package dev.vigie.rule.address;

import org.jspecify.annotations.NullMarked;
