package holdfast.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// The routes of this room and `openapi.yaml` say the same.
class ContractTest {
    @Test
    void every_route_is_in_the_contract_and_every_operation_has_a_route() throws IOException {
        try (var site = new Site(TestDatabase.SQLITE)) {
            var routes = new TreeSet<String>();
            site.room
                    .routes()
                    .forEach(route ->
                            routes.add(
                                    "%s %s %s %s"
                                            .formatted(
                                                    route.method(),
                                                    route.path(),
                                                    route.access().name(),
                                                    route.rate())));
            assertThat(routes).isEqualTo(operations());
        }
    }

    private static Set<String> operations() throws IOException {
        var file = Files.readString(Path.of("../../openapi.yaml"));
        var settings = LoadSettings.builder().setMaxAliasesForCollections(0).build();
        var contract = (Map<?, ?>) new Load(settings).loadFromString(file);
        var operations = new TreeSet<String>();
        ((Map<?, ?>) Objects.requireNonNull(contract.get("paths")))
                .forEach((path, item) ->
                        ((Map<?, ?>) item)
                                .forEach((method, operation) -> {
                                    if (operation instanceof Map<?, ?> described
                                            && List.of("infrastructure")
                                                    .equals(described.get("tags"))) {
                                        operations.add(
                                                "%s %s %s %s"
                                                        .formatted(
                                                                method.toString()
                                                                        .toUpperCase(Locale.ROOT),
                                                                path,
                                                                described.get("x-permission"),
                                                                described.get("x-rate")));
                                    }
                                }));
        return operations;
    }
}
