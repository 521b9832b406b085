package dev.vigie.access;

import static dev.vigie.access.People.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vigie.team.Reach;
import dev.vigie.team.Team;
import dev.vigie.testing.DatabaseTest;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Somebody can always administrate all (A17). */
@QuarkusTest
@TestProfile(StrictLimits.class)
@DatabaseTest
@NullUnmarked
class LastAdministratorTest {

    @Inject Users users;
    @Inject Tokens tokens;

    private UUID id;

    @BeforeEach
    void leaveOne() {
        QuarkusTransaction.requiringNew()
                .run(() -> {
                    AppUser.deleteAll();
                    ApiToken.deleteAll();
                });
        id = addAdministrator();
    }

    private UUID addAdministrator() {
        return users.add(administrator()).id();
    }

    private static Users.Wanted administrator() {
        return wanted(Role.ADMIN, Reach.ALL, true);
    }

    private static Users.Wanted wanted(Role role, Reach reach, boolean enabled) {
        return new Users.Wanted(People.freshName(), role, reach, enabled, PASSWORD);
    }

    static Stream<Arguments> losses() {
        return Stream.of(
                loss("deleted", (users, id) -> users.delete(Reach.ALL, id)),
                loss(
                        "demoted",
                        (users, id) ->
                                users.change(Reach.ALL, id, wanted(Role.EDITOR, Reach.ALL, true))),
                loss(
                        "disabled",
                        (users, id) ->
                                users.change(Reach.ALL, id, wanted(Role.ADMIN, Reach.ALL, false))),
                loss(
                        "put into a team",
                        (users, id) ->
                                users.change(
                                        Reach.ALL,
                                        id,
                                        wanted(Role.ADMIN, new Reach(Team.FIRST), true))));
    }

    private static Arguments loss(String what, BiConsumer<Users, UUID> how) {
        return Arguments.of(what, how);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("losses")
    void theLastOneIsNot(String what, BiConsumer<Users, UUID> how) {
        assertThatThrownBy(() -> how.accept(users, id))
                .isInstanceOf(LastAdministratorException.class);
        assertThat(users.find(Reach.ALL, id).orElseThrow().enabled()).isTrue();

        addAdministrator();
        how.accept(users, id);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("losses")
    void ofTwoAtOnceOneIsKept(String what, BiConsumer<Users, UUID> how) throws Exception {
        for (int round = 0; round < 5; round++) {
            leaveOne();
            UUID other = addAdministrator();

            int refused = atOnce(() -> how.accept(users, id), () -> how.accept(users, other));

            assertThat(refused).isEqualTo(1);
        }
    }

    @Test
    void aTokenDoesAsWell() {
        tokens.make(new Tokens.Wanted("one", Role.ADMIN, Reach.ALL, null, null));

        assertThat(users.delete(Reach.ALL, id)).isTrue();
    }

    @Test
    void oneWithoutAPasswordCannotLogInSoTheyDoNotCount() {
        users.add(new Users.Wanted(People.freshName(), Role.ADMIN, Reach.ALL, true, null));

        assertThatThrownBy(() -> users.delete(Reach.ALL, id))
                .isInstanceOf(LastAdministratorException.class);
    }

    @Test
    void ofTwoThatStartAtOnceOneMakesAToken() throws Exception {
        for (int round = 0; round < 5; round++) {
            QuarkusTransaction.requiringNew()
                    .run(() -> {
                        AppUser.deleteAll();
                        ApiToken.deleteAll();
                    });
            Runnable start = () -> tokens.makeFirstToken(new StartupEvent());

            atOnce(start, start);

            assertThat(tokens.page(Reach.ALL, null, 10)).hasSize(1);
        }
    }

    /** How many of them were refused. */
    private static int atOnce(Runnable... all) throws Exception {
        var barrier = new CyclicBarrier(all.length);
        List<Future<Integer>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(all.length)) {
            for (Runnable one : all) {
                answers.add(
                        threads.submit(() -> {
                            barrier.await();
                            try {
                                one.run();
                                return 0;
                            } catch (LastAdministratorException e) {
                                return 1;
                            }
                        }));
            }
        }
        int refused = 0;
        for (Future<Integer> answer : answers) {
            refused += answer.get();
        }
        return refused;
    }
}
