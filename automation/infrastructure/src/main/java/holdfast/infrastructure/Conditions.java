package holdfast.infrastructure;

import holdfast.access.Scope;
import holdfast.comparison.Drift;
import holdfast.comparison.Kept;
import holdfast.estate.CredentialQuery;
import holdfast.kernel.Micros;
import holdfast.vcf.SourceKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The WHERE of one question, and what is bound to it.
final class Conditions {
    /// What can be seen: the whole tenant, or one environment at the generations its sources have published.
    ///
    /// @param generations by source; a source that is absent shows nothing
    /// @param seen        the credentials that the reader may see; empty for all
    record View(
            Optional<UUID> environment,
            Map<SourceKind, Long> generations,
            Optional<Scope.Condition> seen) {
        private static final String RESOURCE =
                "('environment/' || CAST(c.environment_id AS TEXT) || '/credential/' ||"
                        + " CAST(c.id AS TEXT))";

        static View of(UUID environment, List<SourceRow> sources) {
            var generations = new HashMap<SourceKind, Long>();
            sources.forEach(source -> generations.put(source.kind(), source.generation()));
            return new View(Optional.of(environment), generations, Optional.empty());
        }

        static final View TENANT = new View(Optional.empty(), Map.of(), Optional.empty());

        /// {@return what the reader may see of it}
        ///
        /// @param scope READ_CREDENTIAL
        View by(Scope scope) {
            return scope.everything()
                    ? this
                    : new View(environment, generations, Optional.of(scope.on(RESOURCE)));
        }
    }

    private final StringBuilder sql = new StringBuilder();
    private final Map<String, Object> values = new HashMap<>();

    private Conditions() {}

    Conditions(View view) {
        view.environment()
                .ifPresentOrElse(
                        environment -> {
                            sql.append(
                                    " WHERE c.tenant_id = :tenant AND c.environment_id ="
                                            + " :environment");
                            values.put("environment", environment);
                            shown(view);
                        },
                        this::anywhere);
        view.seen()
                .ifPresent(seen -> {
                    sql.append(" AND ").append(seen.sql());
                    values.putAll(seen.bindings());
                });
    }

    /// Of rows that are found by their ids. The environment stands there as a text, which no index offers: without
    /// statistics SQLite walks through the whole environment otherwise, once for each page of ids.
    static Conditions ofFew(View view) {
        var conditions = new Conditions();
        view.environment()
                .ifPresentOrElse(
                        environment -> {
                            conditions.sql.append(
                                    " WHERE c.tenant_id = :tenant AND CAST(c.environment_id AS TEXT)"
                                            + " = :environment");
                            conditions.values.put("environment", environment.toString());
                            conditions.shown(view);
                        },
                        conditions::anywhere);
        return conditions;
    }

    Conditions(View view, CredentialQuery query, GridStore.Clock clock) {
        this(view);
        any("state", "state", query.states().stream().map(Enum::name).toList());
        query.text()
                .ifPresent(text ->
                        and("c.search LIKE :text ESCAPE '!'", "text", GridStore.contains(text)));
        any("resource_type", "type", query.resourceTypes());
        any("credential_type", "credentialType", query.credentialTypes());
        any("account_type", "accountType", query.accountTypes());
        any("source", "source", query.sources().stream().map(Enum::name).toList());
        if (!query.drift().isEmpty()) {
            and("(c.drift & :drift) <> 0", "drift", Drift.bits(query.drift()));
        }
        if (!query.domains().isEmpty()) {
            domains(query.domains());
        }
        if (!query.expiry().isEmpty()) {
            expiry(query, clock);
        }
    }

    String sql() {
        return sql.toString();
    }

    /// {@return what must be bound, by name}
    Map<String, Object> values() {
        return values;
    }

    private void shown(View view) {
        sql.append(
                " AND c.since <= CASE c.source WHEN 'INSTALLER' THEN :installer ELSE :manager END"
                        + " AND c.until > CASE c.source WHEN 'INSTALLER' THEN :installer ELSE :manager"
                        + " END");
        values.put("installer", view.generations().getOrDefault(SourceKind.INSTALLER, -1L));
        values.put("manager", view.generations().getOrDefault(SourceKind.SDDC_MANAGER, -1L));
    }

    private void anywhere() {
        sql.append(
                " JOIN infrastructure_source s ON s.tenant_id = c.tenant_id AND s.environment_id ="
                        + " c.environment_id AND s.kind = c.source WHERE c.tenant_id = :tenant AND"
                        + " c.since <= s.generation AND c.until > s.generation");
    }

    private void and(String fragment, String name, Object value) {
        sql.append(" AND ").append(fragment);
        values.put(name, value);
    }

    private void any(String column, String prefix, Collection<String> wanted) {
        if (wanted.size() == 1) {
            and("c." + column + " = :" + prefix, prefix, wanted.iterator().next());
        } else if (!wanted.isEmpty()) {
            sql.append(" AND c." + column + " IN (" + GridStore.names(prefix, wanted.size()) + ")");
            int index = 0;
            for (var value : wanted) {
                values.put(prefix + index, value);
                index++;
            }
        }
    }

    private void domains(Collection<String> wanted) {
        var parts = new ArrayList<String>();
        int index = 0;
        for (var domain : wanted) {
            parts.add("c.domains LIKE :domain" + index + " ESCAPE '!'");
            var escaped =
                    domain.replace('|', '/')
                            .replace("!", "!!")
                            .replace("%", "!%")
                            .replace("_", "!_");
            values.put("domain" + index, "%|" + escaped + "|%");
            index++;
        }
        sql.append(" AND (" + String.join(" OR ", parts) + ")");
    }

    private void expiry(CredentialQuery query, GridStore.Clock clock) {
        var parts = String.join(" OR ", query.expiry().stream().map(Conditions::fragment).toList());
        var limits =
                Map.of(
                        "now", Micros.of(clock.now()),
                        "soon", Kept.soon(clock.now(), clock.dueSoonDays()),
                        "never", Kept.NEVER);
        limits.forEach((name, value) -> {
            if (parts.contains(":" + name)) { // what is bound must be used
                values.put(name, value);
            }
        });
        sql.append(" AND (" + parts + ")");
    }

    private static String fragment(Kept.ExpiryState state) {
        return switch (state) {
            case OK -> "(c.expires > :soon AND c.expires < :never)";
            case DUE_SOON -> "(c.expires > :now AND c.expires <= :soon)";
            case EXPIRED -> "c.expires <= :now";
            case NEVER -> "c.expires = :never";
            case UNKNOWN -> "c.expires > :never";
        };
    }
}
