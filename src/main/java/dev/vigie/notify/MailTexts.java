package dev.vigie.notify;

import dev.vigie.delivery.AlertContent;
import dev.vigie.delivery.AlertLinks;
import dev.vigie.delivery.AlertMessage;
import dev.vigie.dns.InertName;
import dev.vigie.match.MatchView;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateExtension;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.qute.Variant;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

/** Writes mails: each as plain text, and as HTML in which everything is escaped. */
@ApplicationScoped
class MailTexts {

    private final AlertLinks links;

    MailTexts(AlertLinks links) {
        this.links = links;
    }

    @CheckedTemplate(basePath = "mail", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance matches(
                AlertMessage message, AlertContent.Matches content, AlertLinks links);

        static native TemplateInstance digest(AlertContent.Digest content, AlertLinks links);

        static native TemplateInstance trouble(AlertContent.Trouble content, AlertLinks links);

        static native TemplateInstance confirmation(AlertContent.Confirmation content);

        static native TemplateInstance test(AlertContent.Test content, AlertLinks links);
    }

    /** What templates say of the values that they are given. */
    @TemplateExtension
    static class Words {

        static List<InertName> firstNames(MatchView match) {
            return match.names().stream().limit(AlertContent.SHOWN).toList();
        }

        static int moreNames(MatchView match) {
            return match.nameCount() - firstNames(match).size();
        }

        static String shown(Instant time) {
            return Times.shown(time);
        }

        static String inWords(Enum<?> choice) {
            return InertName.ofChoice(choice).text();
        }
    }

    String plain(AlertMessage message) {
        return render(message, Variant.TEXT_PLAIN);
    }

    String html(AlertMessage message) {
        return render(message, Variant.TEXT_HTML);
    }

    private String render(AlertMessage message, String mediaType) {
        TemplateInstance template =
                switch (message.content()) {
                    case AlertContent.Matches m -> Templates.matches(message, m, links);
                    case AlertContent.Digest d -> Templates.digest(d, links);
                    case AlertContent.Trouble t -> Templates.trouble(t, links);
                    case AlertContent.Confirmation c -> Templates.confirmation(c);
                    case AlertContent.Test t -> Templates.test(t, links);
                };
        return template.setAttribute(
                        TemplateInstance.SELECTED_VARIANT, Variant.forContentType(mediaType))
                .render();
    }
}
