package holdfast.infrastructure;

import holdfast.estate.SourceStatus;
import holdfast.kernel.TenantId;
import holdfast.storage.Rows;
import holdfast.vcf.Failure;
import holdfast.vcf.SourceKind;
import holdfast.vcf.Trust;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import tools.jackson.databind.json.JsonMapper;

/// The SQL of `infrastructure_source`: settings, state, and the fence that lets one run at a time change what it keeps.
final class SourceStore {
    private static final String COLUMNS =
            """
            SELECT environment_id, kind, id, configured, host, port, username, password, password_version, trust_mode,
                   trust_fingerprint, trust_pem, schedule_minutes, stopped, status, failure, appliance_version, last_run,
                   last_success, next_run, expiry_checked, run_id, held_run_id, fence, generation, present, drifted, domains, leaving, noted
              FROM infrastructure_source
            """;

    private final JsonMapper json;

    SourceStore(JsonMapper json) {
        this.json = json;
    }

    /// The right to change one source, for as long as nobody else has taken it.
    record Fence(TenantId tenant, UUID environment, SourceKind kind, long number) {}

    List<SourceRow> all(Handle tx, TenantId tenant) {
        return tx.createQuery(COLUMNS + " WHERE tenant_id = :tenant ORDER BY environment_id, kind")
                .bind("tenant", tenant)
                .map((row, _) -> row(row))
                .list();
    }

    List<SourceRow> of(Handle tx, TenantId tenant, UUID environment) {
        return tx.createQuery(
                        COLUMNS
                                + " WHERE tenant_id = :tenant AND environment_id = :environment"
                                + " ORDER BY kind")
                .bind("tenant", tenant)
                .bind("environment", environment)
                .map((row, _) -> row(row))
                .list();
    }

    Optional<SourceRow> find(Handle tx, TenantId tenant, UUID environment, SourceKind kind) {
        return of(tx, tenant, environment).stream()
                .filter(source -> source.kind() == kind)
                .findFirst();
    }

    void insert(Handle tx, TenantId tenant, SourceRow row) {
        bind(
                        tx.createUpdate(
                                """
                                INSERT INTO infrastructure_source
                                       (tenant_id, environment_id, kind, id, configured, host, port, username, password,
                                        password_version, trust_mode, trust_fingerprint, trust_pem, schedule_minutes, stopped,
                                        status, next_run, lease_until, fence, generation, present, drifted, domains, leaving, noted)
                                VALUES (:tenant, :environment, :kind, :id, :configured, :host, :port, :username, :password,
                                        :passwordVersion, :mode, :fingerprint, :pem, :minutes, :stopped,
                                        :status, :next, 0, 0, 0, 0, 0, '', '', 0)
                                """),
                        tenant,
                        row)
                .bind("id", row.id())
                .execute();
    }

    /// Changes what people set; leaves what runs have found, also one that ended since the row was read.
    void configure(Handle tx, TenantId tenant, SourceRow row) {
        bind(
                        tx.createUpdate(
                                """
                                UPDATE infrastructure_source
                                   SET configured = :configured, host = :host, port = :port, username = :username,
                                       password = :password, password_version = :passwordVersion, trust_mode = :mode,
                                       trust_fingerprint = :fingerprint, trust_pem = :pem, schedule_minutes = :minutes,
                                       stopped = :stopped, next_run = :next,
                                       status = CASE WHEN :configured = 1 THEN status ELSE :status END
                                 WHERE tenant_id = :tenant AND environment_id = :environment AND kind = :kind
                                """),
                        tenant,
                        row)
                .execute();
    }

    void delete(Handle tx, TenantId tenant, UUID environment) {
        tx.createUpdate(
                        "DELETE FROM infrastructure_source WHERE tenant_id = :tenant AND"
                                + " environment_id = :environment")
                .bind("tenant", tenant)
                .bind("environment", environment)
                .execute();
    }

    /// Takes the source for one run.
    ///
    /// @return nothing while another run has it
    Optional<Fence> claim(
            Handle tx,
            TenantId tenant,
            UUID environment,
            SourceKind kind,
            UUID run,
            Instant now,
            Instant until) {
        int taken =
                tx.createUpdate(
                                """
                                UPDATE infrastructure_source
                                   SET fence = fence + 1, run_id = :run, lease_until = :until, status = 'RUNNING', last_run = :now
                                 WHERE tenant_id = :tenant AND environment_id = :environment AND kind = :kind AND lease_until < :now
                                """)
                        .bind("run", run)
                        .bind("until", until)
                        .bind("now", now)
                        .bind("tenant", tenant)
                        .bind("environment", environment)
                        .bind("kind", kind.name())
                        .execute();
        return taken == 0
                ? Optional.empty()
                : find(tx, tenant, environment, kind)
                        .map(row -> new Fence(tenant, environment, kind, row.fence()));
    }

    /// Proves that the run still has the source, and keeps it longer.
    ///
    /// @return false when it was taken: stop at once
    boolean hold(Handle tx, Fence fence, Instant until) {
        return fenced(
                                tx.createUpdate(
                                        """
                                        UPDATE infrastructure_source SET lease_until = :until
                                         WHERE tenant_id = :tenant AND environment_id = :environment AND kind = :kind AND fence = :fence
                                           AND lease_until > 0
                                        """),
                                fence)
                        .bind("until", until)
                        .execute()
                == 1;
    }

    /// What a run leaves behind.
    record End(
            SourceStatus status,
            Optional<Failure> failure,
            boolean stopped,
            Optional<String> version,
            Optional<Instant> success,
            Optional<Instant> expiryChecked,
            Optional<Instant> next,
            Optional<UUID> held,
            long generation,
            int present,
            Optional<String> domains,
            Optional<String> leaving) {}

    /// Ends the run on this source: the flip that shows what was staged.
    ///
    /// @return false when the source was taken in the meantime
    boolean end(Handle tx, Fence fence, End end) {
        return fenced(
                                tx.createUpdate(
                                        """
                                         UPDATE infrastructure_source
                                            SET status = :status, failure = :failure, stopped = :stopped,
                                                appliance_version = COALESCE(:version, appliance_version),
                                                last_success = COALESCE(:success, last_success),
                                                expiry_checked = COALESCE(:checked, expiry_checked),
                                                next_run = :next, held_run_id = :held, generation = :generation, present = :present,
                                                domains = COALESCE(:domains, domains), leaving = COALESCE(:leaving, leaving),
                                                noted = CASE WHEN COALESCE(:leaving, leaving) = leaving THEN noted ELSE -1 END,
                                                lease_until = 0
                                          WHERE tenant_id = :tenant AND environment_id = :environment AND kind = :kind AND fence = :fence
                                        """),
                                fence)
                        .bind("status", end.status().name())
                        .bind("failure", end.failure().map(json::writeValueAsString).orElse(null))
                        .bind("stopped", end.stopped() ? 1 : 0)
                        .bind("version", end.version().orElse(null))
                        .bind("success", end.success().map(holdfast.kernel.Micros::of).orElse(null))
                        .bind(
                                "checked",
                                end.expiryChecked().map(holdfast.kernel.Micros::of).orElse(null))
                        .bind("next", end.next().map(holdfast.kernel.Micros::of).orElse(null))
                        .bind("held", end.held().orElse(null))
                        .bind("generation", end.generation())
                        .bind("present", end.present())
                        .bind("domains", end.domains().orElse(null))
                        .bind("leaving", end.leaving().orElse(null))
                        .execute()
                == 1;
    }

    /// Notes that the findings are those of the source as it was read, unless it has moved on.
    void noted(Handle tx, TenantId tenant, SourceRow row, int drifted) {
        tx.createUpdate(
                        """
                        UPDATE infrastructure_source SET drifted = :drifted, noted = :generation
                         WHERE tenant_id = :tenant AND environment_id = :environment AND kind = :kind
                           AND generation = :generation AND leaving = :leaving
                        """)
                .bind("drifted", drifted)
                .bind("generation", row.generation())
                .bind("tenant", tenant)
                .bind("environment", row.environment())
                .bind("kind", row.kind().name())
                .bind("leaving", row.leaving())
                .execute();
    }

    /// Frees the sources whose run died: its node stopped, or lost the database for too long.
    ///
    /// @param before lease ends before which a run counts as dead
    /// @return what was freed
    List<SourceRow> free(Handle tx, TenantId tenant, Instant before) {
        var dead =
                tx.createQuery(
                                COLUMNS
                                        + " WHERE tenant_id = :tenant AND lease_until > 0 AND"
                                        + " lease_until < :before")
                        .bind("tenant", tenant)
                        .bind("before", before)
                        .map((row, _) -> row(row))
                        .list();
        dead.forEach(source ->
                tx.createUpdate(
                                """
                                UPDATE infrastructure_source
                                   SET lease_until = 0, fence = fence + 1, status = 'INTERRUPTED', failure = NULL
                                 WHERE tenant_id = :tenant AND environment_id = :environment AND kind = :kind
                                   AND fence = :fence
                                """)
                        .bind("tenant", tenant)
                        .bind("environment", source.environment())
                        .bind("kind", source.kind().name())
                        .bind("fence", source.fence())
                        .execute());
        return dead;
    }

    private static Update fenced(Update update, Fence fence) {
        return update.bind("tenant", fence.tenant())
                .bind("environment", fence.environment())
                .bind("kind", fence.kind().name())
                .bind("fence", fence.number());
    }

    private static Update bind(Update update, TenantId tenant, SourceRow row) {
        return update.bind("tenant", tenant)
                .bind("environment", row.environment())
                .bind("kind", row.kind().name())
                .bind("configured", row.configured() ? 1 : 0)
                .bind("host", row.host())
                .bind("port", row.port())
                .bind("username", row.username())
                .bind("password", row.password().map(holdfast.kernel.Bytes::toArray).orElse(null))
                .bind("passwordVersion", row.passwordVersion())
                .bind("mode", row.trust().mode().name())
                .bind("fingerprint", row.trust().fingerprint().orElse(null))
                .bind("pem", row.trust().caPem().orElse(null))
                .bind("minutes", row.scheduleMinutes())
                .bind("stopped", row.stopped() ? 1 : 0)
                .bind("status", row.status().name())
                .bind("next", row.nextRun().map(holdfast.kernel.Micros::of).orElse(null));
    }

    private SourceRow row(ResultSet row) throws SQLException {
        return new SourceRow(
                Rows.uuid(row, "environment_id"),
                SourceKind.valueOf(row.getString("kind")),
                Rows.uuid(row, "id"),
                row.getInt("configured") == 1,
                row.getString("host"),
                row.getInt("port"),
                row.getString("username"),
                Rows.optionalBytes(row, "password"),
                row.getInt("password_version"),
                new Trust(
                        Trust.Mode.valueOf(row.getString("trust_mode")),
                        Rows.optionalText(row, "trust_fingerprint"),
                        Rows.optionalText(row, "trust_pem")),
                row.getInt("schedule_minutes"),
                row.getInt("stopped") == 1,
                SourceStatus.valueOf(row.getString("status")),
                Rows.optionalText(row, "failure").map(text -> json.readValue(text, Failure.class)),
                Rows.optionalText(row, "appliance_version"),
                Rows.optionalInstant(row, "last_run"),
                Rows.optionalInstant(row, "last_success"),
                Rows.optionalInstant(row, "next_run"),
                Rows.optionalInstant(row, "expiry_checked"),
                Rows.optionalUuid(row, "run_id"),
                Rows.optionalUuid(row, "held_run_id"),
                row.getLong("fence"),
                row.getLong("generation"),
                row.getInt("present"),
                row.getInt("drifted"),
                row.getString("domains"),
                row.getString("leaving"),
                row.getLong("noted"));
    }
}
