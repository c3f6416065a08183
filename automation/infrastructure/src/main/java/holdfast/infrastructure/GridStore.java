package holdfast.infrastructure;

import holdfast.access.Scope;
import holdfast.comparison.Kept;
import holdfast.estate.CredentialQuery;
import holdfast.estate.Run;
import holdfast.kernel.Micros;
import holdfast.kernel.TenantId;
import holdfast.storage.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/// The SQL that reads `infrastructure_credential` and `infrastructure_version`: windows, counts, histories.
///
/// Conditions are constant fragments, put together for the filters given; every value is bound.
final class GridStore {
    /// When "due soon" begins and ends.
    record Clock(Instant now, int dueSoonDays) {}

    /// A row, the environment it belongs to, and its place in the order.
    record Line(Kept row, UUID environment, String place) {}

    /// A value as it is stored.
    record Sealed(
            UUID credential,
            int version,
            holdfast.kernel.Bytes value,
            Instant seen,
            Optional<Instant> changedAtSource,
            Run.Trigger trigger,
            String startedBy,
            UUID run) {}

    List<Line> window(
            Handle tx,
            TenantId tenant,
            Conditions.View view,
            CredentialQuery query,
            CredentialQuery.Window window,
            Clock clock) {
        var conditions = new Conditions(view, query, clock);
        var column = query.sort().column();
        var inner =
                new StringBuilder(
                        "SELECT c.id, c.since FROM infrastructure_credential c" + conditions.sql());
        window.after()
                .ifPresent(_ ->
                        inner.append(
                                " AND (c."
                                        + column
                                        + ", c.id) "
                                        + (query.descending() ? "<" : ">")
                                        + " (:value, :after)"));
        inner.append(order(query) + " LIMIT :limit OFFSET :offset");
        var sql =
                "SELECT "
                        + CredentialStore.COLUMNS
                        + ", c."
                        + column
                        + " AS place FROM ("
                        + inner
                        + ") w JOIN infrastructure_credential c ON c.tenant_id = :tenant AND c.id ="
                        + " w.id AND c.since = w.since"
                        + order(query);
        var statement =
                tx.createQuery(sql)
                        .bind("tenant", tenant)
                        .bind("limit", window.limit())
                        .bind("offset", window.offset());
        conditions.values().forEach(statement::bind);
        window.after()
                .ifPresent(after -> {
                    statement.bind("after", after.id());
                    if (query.sort().isNumber()) {
                        statement.bind("value", Long.parseLong(after.value()));
                    } else {
                        statement.bind("value", after.value());
                    }
                });
        return statement
                .map((row, _) ->
                        new Line(
                                CredentialStore.kept(row),
                                Rows.uuid(row, "environment_id"),
                                row.getString("place")))
                .list();
    }

    long count(
            Handle tx, TenantId tenant, Conditions.View view, CredentialQuery query, Clock clock) {
        var conditions = new Conditions(view, query, clock);
        var statement =
                tx.createQuery(
                                "SELECT COUNT(*) FROM infrastructure_credential c"
                                        + conditions.sql())
                        .bind("tenant", tenant);
        conditions.values().forEach(statement::bind);
        return statement.mapTo(Long.class).one();
    }

    /// {@return id and version of every row, in order: what an export is about, small enough to keep}
    List<Map.Entry<UUID, Integer>> versions(
            Handle tx, TenantId tenant, Conditions.View view, CredentialQuery query, Clock clock) {
        var conditions = new Conditions(view, query, clock);
        var statement =
                tx.createQuery(
                                "SELECT c.id, c.version FROM infrastructure_credential c"
                                        + conditions.sql()
                                        + order(query))
                        .bind("tenant", tenant);
        conditions.values().forEach(statement::bind);
        return statement
                .map((row, _) -> Map.entry(Rows.uuid(row, "id"), row.getInt("version")))
                .list();
    }

    /// {@return id and version of SDDC Manager's own accounts and the administrators of single sign-on, in the order
    /// FOLDER}
    List<Map.Entry<UUID, Integer>> breakGlass(Handle tx, TenantId tenant, Conditions.View view) {
        var conditions = new Conditions(view);
        var statement =
                tx.createQuery(
                                "SELECT c.id, c.version FROM infrastructure_credential c"
                                        + conditions.sql()
                                        + " AND c.state = 'PRESENT' AND c.account_type <> 'SERVICE' AND"
                                        + " (c.credential_type = 'SSO' OR c.resource_type ="
                                        + " 'SDDC_MANAGER')"
                                        + order(
                                                CredentialQuery.ALL.by(
                                                        CredentialQuery.Sort.FOLDER)))
                        .bind("tenant", tenant);
        conditions.values().forEach(statement::bind);
        return statement
                .map((row, _) -> Map.entry(Rows.uuid(row, "id"), row.getInt("version")))
                .list();
    }

    Optional<Kept> find(Handle tx, TenantId tenant, Conditions.View view, UUID id) {
        var conditions = Conditions.ofFew(view);
        var statement =
                tx.createQuery(
                                "SELECT "
                                        + CredentialStore.COLUMNS
                                        + " FROM infrastructure_credential c"
                                        + conditions.sql()
                                        + " AND c.id = :id")
                        .bind("tenant", tenant)
                        .bind("id", id);
        conditions.values().forEach(statement::bind);
        return statement.map((row, _) -> CredentialStore.kept(row)).findOne();
    }

    /// {@return the rows of `ids` that can be seen}
    List<Kept> find(Handle tx, TenantId tenant, Conditions.View view, List<UUID> ids) {
        var conditions = Conditions.ofFew(view);
        var statement =
                tx.createQuery(
                                "SELECT "
                                        + CredentialStore.COLUMNS
                                        + " FROM infrastructure_credential c"
                                        + conditions.sql()
                                        + " AND c.id IN ("
                                        + names("id", ids.size())
                                        + ")")
                        .bind("tenant", tenant);
        conditions.values().forEach(statement::bind);
        bindAll(statement, "id", ids);
        return statement.map((row, _) -> CredentialStore.kept(row)).list();
    }

    Optional<Sealed> value(Handle tx, TenantId tenant, UUID credential, int version) {
        return tx.createQuery(
                        """
                        SELECT credential_id, version, value, seen, changed_at_source, trigger_kind, started_by, run_id
                          FROM infrastructure_version
                         WHERE tenant_id = :tenant AND credential_id = :credential AND version = :version
                        """)
                .bind("tenant", tenant)
                .bind("credential", credential)
                .bind("version", version)
                .map((row, _) -> sealed(row))
                .findOne();
    }

    /// {@return values of many credentials, each at one version}
    List<Sealed> values(Handle tx, TenantId tenant, List<Map.Entry<UUID, Integer>> wanted) {
        var byVersion = new TreeMap<Integer, List<UUID>>(); // few versions, many credentials
        wanted.forEach(entry ->
                byVersion
                        .computeIfAbsent(entry.getValue(), _ -> new ArrayList<>())
                        .add(entry.getKey()));
        var values = new ArrayList<Sealed>();
        byVersion.forEach((version, ids) -> values.addAll(values(tx, tenant, version, ids)));
        return values;
    }

    private static List<Sealed> values(Handle tx, TenantId tenant, int version, List<UUID> ids) {
        var statement =
                tx.createQuery(
                                """
                                SELECT credential_id, version, value, seen, changed_at_source, trigger_kind, started_by, run_id
                                  FROM infrastructure_version
                                 WHERE tenant_id = :tenant AND version = :version AND credential_id IN (
                                """
                                        + names("id", ids.size())
                                        + ")")
                        .bind("tenant", tenant)
                        .bind("version", version);
        bindAll(statement, "id", ids);
        return statement.map((row, _) -> sealed(row)).list();
    }

    /// {@return every version up to `newest`, newest first}
    List<Sealed> history(Handle tx, TenantId tenant, UUID credential, int newest) {
        return tx.createQuery(
                        """
                        SELECT credential_id, version, value, seen, changed_at_source, trigger_kind, started_by, run_id
                          FROM infrastructure_version
                         WHERE tenant_id = :tenant AND credential_id = :credential AND version <= :newest
                         ORDER BY version DESC
                        """)
                .bind("tenant", tenant)
                .bind("credential", credential)
                .bind("newest", newest)
                .map((row, _) -> sealed(row))
                .list();
    }

    /// How many credentials of an environment are due soon, and how many are expired.
    record Due(int soon, int expired) {}

    Map<UUID, Due> due(Handle tx, TenantId tenant, Clock clock) {
        var due = new HashMap<UUID, Due>();
        tx.createQuery(
                        """
                        SELECT c.environment_id AS environment,
                               SUM(CASE WHEN c.expires > :now THEN 1 ELSE 0 END) AS soon,
                               SUM(CASE WHEN c.expires <= :now THEN 1 ELSE 0 END) AS expired
                          FROM infrastructure_credential c
                          JOIN infrastructure_source s
                            ON s.tenant_id = c.tenant_id AND s.environment_id = c.environment_id AND s.kind = c.source
                         WHERE c.tenant_id = :tenant AND c.state = 'PRESENT' AND c.expires < 9223372036854775806
                           AND c.expires <= :soon AND c.since <= s.generation AND c.until > s.generation
                         GROUP BY c.environment_id
                        """)
                .bind("tenant", tenant)
                .bind("now", clock.now())
                .bind("soon", Kept.soon(clock.now(), clock.dueSoonDays()))
                .map((row, _) ->
                        Map.entry(
                                Rows.uuid(row, "environment"),
                                new Due(row.getInt("soon"), row.getInt("expired"))))
                .forEach(entry -> due.put(entry.getKey(), entry.getValue()));
        return due;
    }

    /// {@return how many expire on each of the days from `now`, in environments that may be seen}
    ///
    /// @param scope READ_ENVIRONMENT
    int[] expiryByDay(Handle tx, Scope scope, Instant now, int days) {
        var seen = scope.on(EnvironmentStore.resource("c.environment_id"));
        long day = 86_400_000_000L; // microseconds
        var counts = new int[days];
        tx.createQuery(
                        """
                        SELECT (c.expires - :start) / :day AS day, COUNT(*) AS count
                          FROM infrastructure_credential c
                          JOIN infrastructure_source s
                            ON s.tenant_id = c.tenant_id AND s.environment_id = c.environment_id AND s.kind = c.source
                         WHERE c.tenant_id = :tenant AND c.state = 'PRESENT' AND c.expires < 9223372036854775806
                           AND c.expires >= :start AND c.expires < :end
                           AND c.since <= s.generation AND c.until > s.generation AND
                        """
                                + seen.sql()
                                + " GROUP BY 1")
                .bindMap(seen.bindings())
                .bind("tenant", scope.tenant())
                .bind("start", Micros.of(now))
                .bind("end", Micros.of(now) + days * day)
                .bind("day", day)
                .map((row, _) -> Map.entry(row.getInt("day"), row.getInt("count")))
                .forEach(entry -> counts[entry.getKey()] = entry.getValue());
        return counts;
    }

    /// {@return each value of `column` with its count}
    Map<String, Integer> facet(Handle tx, TenantId tenant, Conditions.View view, Facet facet) {
        var conditions = new Conditions(view);
        var statement =
                tx.createQuery(
                                "SELECT c."
                                        + facet.column
                                        + " AS name, COUNT(*) AS count FROM"
                                        + " infrastructure_credential c"
                                        + conditions.sql()
                                        + (facet == Facet.STATE ? "" : " AND c.state = 'PRESENT'")
                                        + " GROUP BY c."
                                        + facet.column)
                        .bind("tenant", tenant);
        conditions.values().forEach(statement::bind);
        var counts = new TreeMap<String, Integer>();
        statement
                .map((row, _) -> Map.entry(row.getString("name"), row.getInt("count")))
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
        return counts;
    }

    /// {@return how many are in each state of their end, without the states that nobody is in}
    Map<String, Integer> ends(Handle tx, TenantId tenant, Conditions.View view, Clock clock) {
        var counts = new TreeMap<String, Integer>();
        for (var state : Kept.ExpiryState.values()) {
            int count = (int) count(tx, tenant, view, CredentialQuery.ALL.ending(state), clock);
            if (count > 0) {
                counts.put(state.name(), count);
            }
        }
        return counts;
    }

    /// The columns that can be filtered by their values.
    enum Facet {
        RESOURCE_TYPE("resourceType", "resource_type"),
        CREDENTIAL_TYPE("credentialType", "credential_type"),
        ACCOUNT_TYPE("accountType", "account_type"),
        DOMAINS("domain", "domains"),
        SOURCE("source", "source"),
        STATE("state", "state"),
        DRIFT("drift", "drift");

        private final String member;
        private final String column;

        Facet(String member, String column) {
            this.member = member;
            this.column = column;
        }

        /// {@return what a request calls it}
        String member() {
            return member;
        }
    }

    /// {@return a pattern for `LIKE … ESCAPE '!'`}
    static String contains(String text) {
        return "%" + Kept.fold(text).replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
    }

    private static String order(CredentialQuery query) {
        var direction = query.descending() ? " DESC" : "";
        return " ORDER BY c." + query.sort().column() + direction + ", c.id" + direction;
    }

    static String names(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> ":" + prefix + i)
                .collect(Collectors.joining(", "));
    }

    private static void bindAll(Query statement, String prefix, Collection<?> values) {
        int index = 0;
        for (var value : values) {
            statement.bind(prefix + index, value);
            index++;
        }
    }

    private static Sealed sealed(ResultSet row) throws SQLException {
        return new Sealed(
                Rows.uuid(row, "credential_id"),
                row.getInt("version"),
                Rows.bytes(row, "value"),
                Rows.instant(row, "seen"),
                Rows.optionalInstant(row, "changed_at_source"),
                Run.Trigger.valueOf(row.getString("trigger_kind")),
                row.getString("started_by"),
                Rows.uuid(row, "run_id"));
    }
}
