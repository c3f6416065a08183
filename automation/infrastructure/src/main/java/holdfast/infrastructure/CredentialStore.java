package holdfast.infrastructure;

import holdfast.comparison.Comparison;
import holdfast.comparison.Findings;
import holdfast.comparison.Kept;
import holdfast.estate.Run;
import holdfast.kernel.Bytes;
import holdfast.kernel.Micros;
import holdfast.kernel.TenantId;
import holdfast.storage.Rows;
import holdfast.vcf.Found;
import holdfast.vcf.SourceKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/// The SQL that writes `infrastructure_credential` and `infrastructure_version`.
///
/// A state is seen while `since <= generation of its source < until`. Staging writes states of the next generation,
/// which nobody sees; the flip is one number in `infrastructure_source`. What a dead run staged is cleaned by the next one.
final class CredentialStore {
    /// Ends the validity of a state that nothing has replaced.
    private static final long OPEN = Long.MAX_VALUE;

    private static final int FETCH = 500; // rows that a driver holds

    static final String COLUMNS =
            """
            c.id, c.environment_id, c.source, c.since, c.state, c.external_id, c.resource_type, c.resource_name, c.resource_ip,
            c.username, c.credential_type, c.account_type, c.domains, c.version, c.value_mark, c.readable, c.expires,
            c.expiry_checked, c.connectivity, c.rotate_days, c.next_rotation, c.changed_at_source, c.changed, c.first_seen,
            c.last_seen, c.gone_since, c.drift, c.counterpart
            """;

    /// A value to store.
    record Value(
            UUID credential,
            int version,
            long generation,
            Bytes sealed,
            Instant seen,
            Optional<Instant> changedAtSource,
            Run.Trigger trigger,
            String startedBy,
            UUID run) {}

    /// Lends every state of the source that is seen at `generation`, a few at a time: there may be many thousands.
    void seen(
            Handle tx,
            TenantId tenant,
            UUID environment,
            SourceKind kind,
            long generation,
            Consumer<Kept> states) {
        tx.createQuery(
                        "SELECT "
                                + COLUMNS
                                + """
                                  FROM infrastructure_credential c
                                 WHERE c.tenant_id = :tenant AND c.environment_id = :environment AND c.source = :source
                                   AND c.since <= :generation AND c.until > :generation
                                """)
                .bind("tenant", tenant)
                .bind("environment", environment)
                .bind("source", kind.name())
                .bind("generation", generation)
                .setFetchSize(FETCH)
                .map((row, _) -> kept(row))
                .forEach(states);
    }

    /// Writes states of a generation to come, and ends the ones they replace then.
    void stage(Handle tx, TenantId tenant, UUID environment, List<Comparison.Change> changes) {
        var close =
                tx.prepareBatch(
                        """
                        UPDATE infrastructure_credential SET until = :until
                         WHERE tenant_id = :tenant AND id = :id AND since = :since
                        """);
        var open =
                tx.prepareBatch(
                        """
                        INSERT INTO infrastructure_credential
                               (tenant_id, environment_id, source, id, since, until, state, external_id, resource_type,
                                resource_name, resource_folded, resource_ip, username, username_folded, credential_type,
                                account_type, domains, version, value_mark, readable, expires, expiry_checked, connectivity,
                                rotate_days, next_rotation, changed_at_source, changed, first_seen, last_seen, gone_since,
                                drift, counterpart, search)
                        VALUES (:tenant, :environment, :source, :id, :since, :until, :state, :external, :type,
                                :name, :nameFolded, :ip, :username, :usernameFolded, :credentialType,
                                :accountType, :domains, :version, :mark, :readable, :expires, :checked, :connectivity,
                                :rotateDays, :nextRotation, :changedAtSource, :changed, :firstSeen, :lastSeen, :goneSince,
                                :drift, :counterpart, :search)
                        """);
        for (var change : changes) {
            var after = change.after();
            change.before()
                    .ifPresent(before ->
                            close.bind("until", after.since())
                                    .bind("tenant", tenant)
                                    .bind("id", before.id())
                                    .bind("since", before.since())
                                    .add());
            open.bind("tenant", tenant)
                    .bind("environment", environment)
                    .bind("source", after.source().name())
                    .bind("id", after.id())
                    .bind("since", after.since())
                    .bind("until", OPEN)
                    .bind("state", after.state().name())
                    .bind("external", after.externalId())
                    .bind("type", after.account().resourceType())
                    .bind("name", after.account().resourceName())
                    .bind("nameFolded", Kept.fold(after.account().resourceName()))
                    .bind("ip", after.resourceIp())
                    .bind("username", after.account().username())
                    .bind("usernameFolded", Kept.fold(after.account().username()))
                    .bind("credentialType", after.account().credentialType())
                    .bind("accountType", after.accountType())
                    .bind("domains", after.domains())
                    .bind("version", after.version())
                    .bind("mark", after.mark().map(Bytes::toArray).orElse(null))
                    .bind("readable", after.readable() ? 1 : 0)
                    .bind("expires", after.expires())
                    .bind("checked", after.expiryChecked().map(Micros::of).orElse(null))
                    .bind("connectivity", after.connectivity())
                    .bind("rotateDays", after.rotateDays().orElse(null))
                    .bind("nextRotation", after.nextRotation().map(Micros::of).orElse(null))
                    .bind("changedAtSource", after.changedAtSource().map(Micros::of).orElse(null))
                    .bind("changed", after.changed())
                    .bind("firstSeen", after.firstSeen())
                    .bind("lastSeen", after.lastSeen().map(Micros::of).orElse(null))
                    .bind("goneSince", after.goneSince().map(Micros::of).orElse(null))
                    .bind("drift", after.drift())
                    .bind("counterpart", after.counterpart().orElse(null))
                    .bind("search", after.search())
                    .add();
        }
        if (close.size() > 0) {
            close.execute();
        }
        if (open.size() > 0) {
            open.execute();
        }
    }

    void stageValues(
            Handle tx, TenantId tenant, UUID environment, SourceKind kind, List<Value> values) {
        var insert =
                tx.prepareBatch(
                        """
                        INSERT INTO infrastructure_version
                               (tenant_id, credential_id, version, environment_id, source, generation, value, seen,
                                changed_at_source, trigger_kind, started_by, run_id)
                        VALUES (:tenant, :credential, :version, :environment, :source, :generation, :value, :seen,
                                :changedAtSource, :trigger, :by, :run)
                        """);
        for (var value : values) {
            insert.bind("tenant", tenant)
                    .bind("credential", value.credential())
                    .bind("version", value.version())
                    .bind("environment", environment)
                    .bind("source", kind.name())
                    .bind("generation", value.generation())
                    .bind("value", value.sealed())
                    .bind("seen", value.seen())
                    .bind("changedAtSource", value.changedAtSource().map(Micros::of).orElse(null))
                    .bind("trigger", value.trigger().name())
                    .bind("by", value.startedBy())
                    .bind("run", value.run())
                    .add();
        }
        if (insert.size() > 0) {
            insert.execute();
        }
    }

    /// Takes back a part of what was staged and never shown.
    ///
    /// @return whether there may be more
    boolean unstage(
            Handle tx,
            TenantId tenant,
            UUID environment,
            SourceKind kind,
            long generation,
            int limit) {
        int touched = 0;
        for (var statement :
                List.of(
                        """
                        DELETE FROM infrastructure_version
                         WHERE tenant_id = :tenant AND environment_id = :environment AND source = :source
                           AND (credential_id, version) IN (
                               SELECT credential_id, version FROM infrastructure_version
                                WHERE tenant_id = :tenant AND environment_id = :environment AND source = :source
                                  AND generation > :generation
                                LIMIT :limit)
                        """,
                        """
                        DELETE FROM infrastructure_credential
                         WHERE tenant_id = :tenant
                           AND (id, since) IN (
                               SELECT id, since FROM infrastructure_credential
                                WHERE tenant_id = :tenant AND environment_id = :environment AND source = :source
                                  AND since > :generation
                                LIMIT :limit)
                        """,
                        """
                        UPDATE infrastructure_credential SET until = 9223372036854775807
                         WHERE tenant_id = :tenant
                           AND (id, since) IN (
                               SELECT id, since FROM infrastructure_credential
                                WHERE tenant_id = :tenant AND environment_id = :environment AND source = :source
                                  AND until > :generation AND until < 9223372036854775807
                                LIMIT :limit)
                        """)) {
            touched +=
                    tx.createUpdate(statement)
                            .bind("tenant", tenant)
                            .bind("environment", environment)
                            .bind("source", kind.name())
                            .bind("generation", generation)
                            .bind("limit", limit)
                            .execute();
        }
        return touched > 0;
    }

    /// Removes a part of the states that nobody sees any more. The values stay in the history.
    ///
    /// @return whether there may be more
    boolean sweep(
            Handle tx,
            TenantId tenant,
            UUID environment,
            SourceKind kind,
            long generation,
            int limit) {
        return tx.createUpdate(
                                """
                                DELETE FROM infrastructure_credential
                                 WHERE tenant_id = :tenant
                                   AND (id, since) IN (
                                       SELECT id, since FROM infrastructure_credential
                                        WHERE tenant_id = :tenant AND environment_id = :environment AND source = :source
                                          AND until <= :generation
                                        LIMIT :limit)
                                """)
                        .bind("tenant", tenant)
                        .bind("environment", environment)
                        .bind("source", kind.name())
                        .bind("generation", generation)
                        .bind("limit", limit)
                        .execute()
                > 0;
    }

    /// {@return ids and versions of what is staged, for the event of a run that was held}
    List<Kept> staged(
            Handle tx, TenantId tenant, UUID environment, SourceKind kind, long generation) {
        return tx.createQuery(
                        "SELECT "
                                + COLUMNS
                                + """
                                  FROM infrastructure_credential c
                                 WHERE c.tenant_id = :tenant AND c.environment_id = :environment AND c.source = :source
                                   AND c.since > :generation
                                """)
                .bind("tenant", tenant)
                .bind("environment", environment)
                .bind("source", kind.name())
                .bind("generation", generation)
                .map((row, _) -> kept(row))
                .list();
    }

    int present(Handle tx, TenantId tenant, UUID environment, SourceKind kind, long generation) {
        return tx.createQuery(
                        """
                        SELECT COUNT(*) FROM infrastructure_credential c
                         WHERE c.tenant_id = :tenant AND c.environment_id = :environment AND c.state = 'PRESENT'
                           AND c.source = :source AND c.since <= :generation AND c.until > :generation
                        """)
                .bind("tenant", tenant)
                .bind("environment", environment)
                .bind("source", kind.name())
                .bind("generation", generation)
                .mapTo(Integer.class)
                .one();
    }

    /// Notes findings on states as they are; the findings follow from the states, so this changes no generation.
    void note(Handle tx, TenantId tenant, List<Findings.Finding> findings) {
        var update =
                tx.prepareBatch(
                        """
                        UPDATE infrastructure_credential SET drift = :drift, counterpart = :counterpart
                         WHERE tenant_id = :tenant AND id = :id AND since = :since
                        """);
        for (var finding : findings) {
            update.bind("drift", finding.drift())
                    .bind("counterpart", finding.counterpart().orElse(null))
                    .bind("tenant", tenant)
                    .bind("id", finding.credential())
                    .bind("since", finding.since())
                    .add();
        }
        if (update.size() > 0) {
            update.execute();
        }
    }

    /// Removes a part of everything an environment has.
    ///
    /// @return whether there may be more
    boolean delete(Handle tx, TenantId tenant, UUID environment, int limit) {
        int deleted = 0;
        for (var statement :
                List.of(
                        """
                        DELETE FROM infrastructure_version
                         WHERE tenant_id = :tenant AND (credential_id, version) IN (
                               SELECT credential_id, version FROM infrastructure_version
                                WHERE tenant_id = :tenant AND environment_id = :environment LIMIT :limit)
                        """,
                        """
                        DELETE FROM infrastructure_credential
                         WHERE tenant_id = :tenant AND (id, since) IN (
                               SELECT id, since FROM infrastructure_credential
                                WHERE tenant_id = :tenant AND environment_id = :environment LIMIT :limit)
                        """)) {
            deleted +=
                    tx.createUpdate(statement)
                            .bind("tenant", tenant)
                            .bind("environment", environment)
                            .bind("limit", limit)
                            .execute();
        }
        return deleted > 0;
    }

    static Kept kept(ResultSet row) throws SQLException {
        int rotate = row.getInt("rotate_days");
        Optional<Integer> rotateDays = row.wasNull() ? Optional.empty() : Optional.of(rotate);
        return new Kept(
                Rows.uuid(row, "id"),
                row.getLong("since"),
                SourceKind.valueOf(row.getString("source")),
                Kept.State.valueOf(row.getString("state")),
                row.getString("external_id"),
                new Found.Account(
                        row.getString("resource_type"),
                        row.getString("resource_name"),
                        row.getString("credential_type"),
                        row.getString("username")),
                row.getString("resource_ip"),
                row.getString("account_type"),
                row.getString("domains"),
                row.getInt("version"),
                Rows.optionalBytes(row, "value_mark"),
                row.getInt("readable") == 1,
                row.getLong("expires"),
                Rows.optionalInstant(row, "expiry_checked"),
                row.getString("connectivity"),
                rotateDays,
                Rows.optionalInstant(row, "next_rotation"),
                Rows.optionalInstant(row, "changed_at_source"),
                Rows.instant(row, "changed"),
                Rows.instant(row, "first_seen"),
                Rows.optionalInstant(row, "last_seen"),
                Rows.optionalInstant(row, "gone_since"),
                row.getInt("drift"),
                Rows.optionalUuid(row, "counterpart"));
    }
}
