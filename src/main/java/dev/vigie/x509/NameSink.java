package dev.vigie.x509;

/**
 * Is told the names in a certificate, each as the bytes that stand there. The bytes are whatever
 * the certificate's author wrote, and lie in a buffer that is used again afterwards.
 */
public interface NameSink {

    /** A dNSName of a subject alternative name extension. */
    void dnsName(byte[] buffer, int offset, int length);

    /** A common name of the subject; text of 16 or 32 bits a character is given as UTF-8. */
    void commonName(byte[] buffer, int offset, int length);

    /** An iPAddress of a subject alternative name extension; honest ones have 4 or 16 bytes. */
    void ipAddress(byte[] buffer, int offset, int length);
}
