package dev.vigie.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Names such as strangers' certificates have. They all lie below names that are nobody's. */
public final class OrdinaryNames {

    private static final String[] SYLLABLES = {
        "ba", "co", "da", "fi", "go", "ha", "ki", "lo", "mu", "na", "po", "ra", "si", "to", "vu"
    };
    private static final String[] ENDINGS = {
        "com.test", "net.test", "org.test", "de.test", "shop.example", "app.example", "io.invalid"
    };
    private static final String[] HOSTS = {"www", "mail", "api", "*", "cdn", "dev", "autodiscover"};

    private final RandomGenerator random;

    public OrdinaryNames(long seed) {
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /** The names of one certificate, four or five on average. */
    public List<String> next() {
        String domain = word() + "." + ENDINGS[random.nextInt(ENDINGS.length)];
        List<String> names = new ArrayList<>(List.of(domain));
        for (int i = random.nextInt(8); i > 0; i--) {
            names.add(HOSTS[random.nextInt(HOSTS.length)] + "." + domain);
        }
        return names;
    }

    private String word() {
        var word = new StringBuilder();
        for (int i = 2 + random.nextInt(4); i > 0; i--) {
            word.append(SYLLABLES[random.nextInt(SYLLABLES.length)]);
        }
        return word.toString();
    }
}
