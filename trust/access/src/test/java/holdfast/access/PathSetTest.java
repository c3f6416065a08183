package holdfast.access;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.kernel.TenantId;
import holdfast.storage.Database;
import holdfast.tenancy.TenancyRoom;
import holdfast.testkit.Cases;
import holdfast.testkit.TestDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// A set of paths means the same in memory and in SQL, on both databases.
@ParameterizedClass
@EnumSource
class PathSetTest {
    private static final UUID ADA = new UUID(0, 1);
    private static final Instant NOW = Instant.parse("2026-03-03T12:00:00Z");

    private final Database database;

    PathSetTest(TestDatabase engine) {
        database = engine.open(TenancyRoom.SCHEMA, AccessRoom.SCHEMA);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void a_query_finds_what_single_questions_allow() {
        var paths = new TreeSet<String>();
        Cases.of(400, random -> paths.add(PathPatternTest.path(random)));
        paths.add("A/b");
        database.write(TenantId.DEFAULT, tx -> fill(tx, paths));

        Cases.of(
                1_000,
                random -> {
                    var rights = Rights.of(ADA, List.of(), RightsTest.grants(random));
                    var set = rights.paths(Action.REVEAL_CREDENTIAL, NOW);
                    var one =
                            paths.stream()
                                    .filter(path ->
                                            rights.allows(Action.REVEAL_CREDENTIAL, path, NOW))
                                    .collect(Collectors.toCollection(ArrayList::new));

                    assertThat(found(set)).as(set.toString()).containsExactlyElementsOf(one);
                });
    }

    /// Stands in a table of the room itself: any column in byte order will do.
    private static int fill(Handle tx, Set<String> paths) {
        int number = 0;
        for (var path : paths) {
            tx.createUpdate(
                            """
                            INSERT INTO access_assignment
                                   (tenant_id, principal_id, role, granted, granted_by)
                            VALUES (:tenant, :id, :path, 0, :id)
                            """)
                    .bind("tenant", TenantId.DEFAULT.value())
                    .bind("id", new UUID(7, number++))
                    .bind("path", path)
                    .execute();
        }
        return number;
    }

    private List<String> found(PathSet set) {
        var condition = set.on("a.role");
        return database.read(
                TenantId.DEFAULT,
                tx ->
                        tx.createQuery(
                                        """
                                        SELECT a.role
                                          FROM access_assignment a
                                         WHERE a.tenant_id = :tenant AND
                                        """
                                                + condition.sql()
                                                + " ORDER BY a.role")
                                .bind("tenant", TenantId.DEFAULT.value())
                                .bindMap(condition.bindings())
                                .mapTo(String.class)
                                .list());
    }
}
