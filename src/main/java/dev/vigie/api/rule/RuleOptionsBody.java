package dev.vigie.api.rule;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vigie.api.Parse;
import dev.vigie.rule.RuleOptions;
import dev.vigie.rule.lookalike.Technique;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The options of a rule as the API has them; what is left out is as it is by default. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RuleOptionsBody(
        @Schema(
                        description =
                                "Whether the rule may meet very many certificates: a domain rule"
                                        + " for a public suffix, a keyword of one or two letters,"
                                        + " an expression that is found in most names. Such a rule"
                                        + " is refused without it.")
                @Nullable Boolean allowBroad,
        @Schema(
                        description =
                                "lookalike: what it looks for, all by default: homoglyph, bit-flip,"
                                        + " keyboard, omission, doubling, swap, edit, hyphenation,"
                                        + " other-tld, combination, subdomain.")
                @Size(min = 1, max = 20)
                @Nullable Set<@NotNull String> techniques,
        @Schema(
                        description =
                                "lookalike: how many letters a name may differ in. By default 1 for"
                                        + " domains of 5 to 7 letters, 2 for longer ones, and for"
                                        + " shorter ones none but the known mistakes.")
                @Min(0)
                @Max(2)
                @Nullable Integer maxDistance,
        @Schema(
                        description =
                                "lookalike: words that make a name suspicious together with the"
                                        + " domain's, beside the usual ones such as 'login'.")
                @Size(max = 100)
                @Nullable List<@NotNull String> words) {

    static RuleOptions parse(@Nullable RuleOptionsBody body) {
        if (body == null) {
            return RuleOptions.NONE;
        }
        return new RuleOptions(
                body.allowBroad, techniques(body.techniques), body.maxDistance, body.words);
    }

    private static @Nullable Set<Technique> techniques(@Nullable Set<String> names) {
        if (names == null) {
            return null;
        }
        Set<Technique> techniques = new TreeSet<>();
        names.forEach(
                name -> techniques.add(Parse.choice(Technique.class, "options.techniques", name)));
        return techniques;
    }

    static RuleOptionsBody of(RuleOptions options) {
        Set<Technique> techniques = options.techniques();
        Set<String> names = techniques == null ? null : new LinkedHashSet<>();
        if (techniques != null && names != null) {
            techniques.stream().sorted().map(Parse::shown).forEach(names::add);
        }
        return new RuleOptionsBody(
                options.allowBroad(), names, options.maxDistance(), options.words());
    }
}
