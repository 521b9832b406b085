package dev.vigie.testing;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Mails as a program for reading mail takes them apart. */
public final class Mails {

    private Mails() {}

    /** What is shown where only plain text is. */
    public static String text(MimeMessage mail) {
        return part(mail, "text/plain");
    }

    /** What is shown otherwise. */
    public static String html(MimeMessage mail) {
        return part(mail, "text/html");
    }

    private static String part(MimeMessage mail, String mediaType) {
        try {
            var parts = (MimeMultipart) mail.getContent();
            for (int i = 0; i < parts.getCount(); i++) {
                BodyPart part = parts.getBodyPart(i);
                if (part.isMimeType(mediaType)) {
                    return part.getContent().toString();
                }
            }
            throw new AssertionError("there is no part " + mediaType);
        } catch (MessagingException e) {
            throw new AssertionError(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
