package dev.vigie.watchlist;

import dev.vigie.dns.PublicSuffixes;
import dev.vigie.rule.NameKnowledge;
import dev.vigie.rule.lookalike.RiskyWords;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What the configuration says about names in general. */
class KnownNames {

    /**
     * @param suffixes a newer Public Suffix List than the one that is brought along
     * @param words that make a name suspicious together with a watched domain, instead of those
     *     that are brought along
     */
    @Produces
    @Singleton
    static NameKnowledge fromConfiguration(
            @ConfigProperty(name = "vigie.public-suffix-list") Optional<Path> suffixes,
            @ConfigProperty(name = "vigie.lookalike-words") Optional<List<String>> words)
            throws IOException {
        return new NameKnowledge(
                suffixes.isPresent()
                        ? PublicSuffixes.read(suffixes.get())
                        : PublicSuffixes.bundled(),
                words.map(List::copyOf).orElseGet(() -> List.copyOf(RiskyWords.bundled())));
    }
}
