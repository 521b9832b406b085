package dev.vigie.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vigie.secret.Secret;
import dev.vigie.secret.SecretBox;
import dev.vigie.testing.Api;
import dev.vigie.testing.DatabaseTest;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** At the start, what was sealed with a former key, or not at all, is sealed anew (S17). */
@QuarkusTest
@DatabaseTest
@NullUnmarked
class ResealTest {

    private static final String CHAT = "http://127.0.0.1:9/services/T0/B0/never-shown";

    @Inject SecretBox box;

    @ConfigProperty(name = "vigie.secrets.key")
    String keyOfTheApp;

    private SecretBox newer;
    private UUID hook;
    private UUID chat;
    private String first;
    private String second;

    @BeforeEach
    void addChannels() {
        newer = new SecretBox(List.of(key(), Base64.getDecoder().decode(keyOfTheApp)));
        var made = add("webhook", "http://127.0.0.1:9/");
        hook = UUID.fromString(made.get("id"));
        first = made.get("secret");
        second =
                Api.post("/channels/%s/rotate-secret".formatted(hook), Map.of())
                        .statusCode(200)
                        .extract()
                        .path("secret");
        chat = UUID.fromString(add("slack", CHAT).get("id"));
        QuarkusTransaction.begin();
        // what other tests have is none of our business, and comes back in the end
        Channel.update("secret = null, formerSecret = null where id not in ?1", ours());
    }

    @AfterEach
    void takeBack() {
        QuarkusTransaction.rollback();
    }

    private List<UUID> ours() {
        return List.of(hook, chat);
    }

    private static byte[] key() {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) 7);
        return key;
    }

    private static Map<String, String> add(String type, String url) {
        var answer =
                Api.post(
                                "/channels",
                                Map.of("name", "n", "type", type, "config", Map.of("url", url)))
                        .statusCode(201)
                        .extract();
        String secret = answer.path("secret");
        return Map.of("id", answer.path("id"), "secret", secret == null ? "" : secret);
    }

    private static void start(SecretBox with) {
        new Channels(List.of(), new Destinations(with), null, null, InstantSource.system())
                .reseal(new StartupEvent());
        Channel.flush();
        Channel.getEntityManager().clear();
    }

    private static Channel read(UUID id) {
        return Channel.findById(id);
    }

    private Secret opened(SecretBox with, UUID id, String sealed) {
        return with.open(sealed, "channel " + id);
    }

    @Test
    void whatAFormerKeySealedIsSealedAnew() {
        assertThat(newer.isOutdated(read(hook).secret)).isTrue();

        start(newer);

        var alone = new SecretBox(List.of(key()));
        assertThat(opened(alone, hook, read(hook).secret).reveal()).isEqualTo(second);
        assertThat(opened(alone, hook, read(hook).formerSecret).reveal()).isEqualTo(first);
        assertThat(opened(alone, chat, read(chat).secret).reveal()).isEqualTo(CHAT);
    }

    @Test
    void whatWasNotSealedAtAllIsSealed() {
        Channel.update("secret = ?1, formerSecret = null where id = ?2", first, hook);

        start(box);

        assertThat(read(hook).secret).startsWith("v1:").doesNotContain(first);
        assertThat(opened(box, hook, read(hook).secret).reveal()).isEqualTo(first);
        assertThat(read(hook).formerSecret).isNull();
    }

    @Test
    void whatIsSealedAsItShouldBeStaysAsItIs() {
        Channel before = read(hook);
        Channel.getEntityManager().detach(before);

        start(box);

        assertThat(read(hook).secret).isEqualTo(before.secret);
        assertThat(read(hook).version).isEqualTo(before.version);
    }

    @Test
    void aSecretThatNoKeyOpensIsNotLeftBehind() {
        assertThatThrownBy(() -> start(new SecretBox(List.of(key()))))
                .isInstanceOf(SecretBox.SealedException.class)
                .hasMessageContaining(box.keyId());
    }
}
