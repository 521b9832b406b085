/** The values of the protocols: RFC 6962 and static-ct-api, parsed and with signatures checked. */
@NullMarked
package dev.vigie.ct;

import org.jspecify.annotations.NullMarked;
