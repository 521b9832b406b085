/**
 * Just enough of HTTP/1.1 (RFC 9112) to read logs: GET, over connections that are kept, with
 * blocking calls that are made for virtual threads. Bodies go from the socket into the reader's own
 * array.
 *
 * <p>No proxies, redirects, cookies or authentication. What a server sends is read strictly: an
 * answer that two readers could understand differently is none.
 */
@NullMarked
package dev.vigie.net.http;

import org.jspecify.annotations.NullMarked;
