package holdfast.infrastructure;

import holdfast.estate.Run;
import holdfast.kernel.Micros;
import holdfast.kernel.TenantId;
import holdfast.storage.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.json.JsonMapper;

/// The SQL of `infrastructure_run`.
final class RunStore {
    private static final String COLUMNS =
            """
            SELECT id, environment_id, trigger_kind, started_by, started, finished, status, sources
              FROM infrastructure_run
            """;

    private final JsonMapper json;

    RunStore(JsonMapper json) {
        this.json = json;
    }

    /// Where a window goes on.
    record After(Instant started, UUID id) {}

    void insert(Handle tx, TenantId tenant, Run run) {
        tx.createUpdate(
                        """
                        INSERT INTO infrastructure_run
                               (tenant_id, id, environment_id, trigger_kind, started_by, started, finished, status, sources)
                        VALUES (:tenant, :id, :environment, :trigger, :by, :started, :finished, :status, :sources)
                        """)
                .bind("tenant", tenant)
                .bind("id", run.id())
                .bind("environment", run.environmentId())
                .bind("trigger", run.trigger().name())
                .bind("by", run.startedBy())
                .bind("started", run.started())
                .bind("finished", run.finished().map(Micros::of).orElse(null))
                .bind("status", run.status().name())
                .bind("sources", json.writeValueAsString(run.sources()))
                .execute();
    }

    void update(Handle tx, TenantId tenant, Run run) {
        tx.createUpdate(
                        """
                        UPDATE infrastructure_run SET finished = :finished, status = :status, sources = :sources
                         WHERE tenant_id = :tenant AND id = :id
                        """)
                .bind("finished", run.finished().map(Micros::of).orElse(null))
                .bind("status", run.status().name())
                .bind("sources", json.writeValueAsString(run.sources()))
                .bind("tenant", tenant)
                .bind("id", run.id())
                .execute();
    }

    Optional<Run> find(Handle tx, TenantId tenant, UUID environment, UUID id) {
        return tx.createQuery(
                        COLUMNS
                                + " WHERE tenant_id = :tenant AND environment_id = :environment AND id = :id")
                .bind("tenant", tenant)
                .bind("environment", environment)
                .bind("id", id)
                .map((row, _) -> row(row))
                .findOne();
    }

    List<Run> window(
            Handle tx,
            TenantId tenant,
            UUID environment,
            Optional<Run.Status> status,
            Optional<After> after,
            int limit) {
        var sql =
                new StringBuilder(
                        COLUMNS + " WHERE tenant_id = :tenant AND environment_id = :environment");
        status.ifPresent(_ -> sql.append(" AND status = :status"));
        after.ifPresent(_ -> sql.append(" AND (started, id) < (:started, :after)"));
        sql.append(" ORDER BY started DESC, id DESC LIMIT :limit");
        var query =
                tx.createQuery(sql.toString())
                        .bind("tenant", tenant)
                        .bind("environment", environment)
                        .bind("limit", limit);
        status.ifPresent(wanted -> query.bind("status", wanted.name()));
        after.ifPresent(place -> query.bind("started", place.started()).bind("after", place.id()));
        return query.map((row, _) -> row(row)).list();
    }

    long count(Handle tx, TenantId tenant, UUID environment, Optional<Run.Status> status) {
        var sql =
                new StringBuilder(
                        "SELECT COUNT(*) FROM infrastructure_run WHERE tenant_id = :tenant AND environment_id = :environment");
        status.ifPresent(_ -> sql.append(" AND status = :status"));
        var query =
                tx.createQuery(sql.toString())
                        .bind("tenant", tenant)
                        .bind("environment", environment);
        status.ifPresent(wanted -> query.bind("status", wanted.name()));
        return query.mapTo(Long.class).one();
    }

    void delete(Handle tx, TenantId tenant, UUID environment) {
        tx.createUpdate(
                        "DELETE FROM infrastructure_run WHERE tenant_id = :tenant AND environment_id = :environment")
                .bind("tenant", tenant)
                .bind("environment", environment)
                .execute();
    }

    private Run row(ResultSet row) throws SQLException {
        return new Run(
                Rows.uuid(row, "id"),
                Rows.uuid(row, "environment_id"),
                Run.Trigger.valueOf(row.getString("trigger_kind")),
                row.getString("started_by"),
                Rows.instant(row, "started"),
                Rows.optionalInstant(row, "finished"),
                Run.Status.valueOf(row.getString("status")),
                List.of(json.readValue(row.getString("sources"), Run.OfSource[].class)));
    }
}
