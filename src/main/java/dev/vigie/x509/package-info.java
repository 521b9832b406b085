/**
 * DER walker: finds the names in a certificate without building the certificate. Input is hostile;
 * every public method returns a value for any bytes whatever.
 */
@NullMarked
package dev.vigie.x509;

import org.jspecify.annotations.NullMarked;
