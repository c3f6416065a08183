package holdfast.tenancy;

import holdfast.kernel.TenantId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/// The SQL of `tenancy_usage`: one row a tenant, day and measure.
final class UsageStore {
    void add(Handle tx, TenantId tenant, LocalDate day, String measure, long amount) {
        tx.createUpdate(
                        """
                        INSERT INTO tenancy_usage (tenant_id, day, measure, amount)
                        VALUES (:tenant, :day, :measure, :amount)
                        ON CONFLICT (tenant_id, day, measure) DO UPDATE
                           SET amount = tenancy_usage.amount + excluded.amount
                        """)
                .bind("tenant", tenant.value())
                .bind("day", day.toEpochDay())
                .bind("measure", measure)
                .bind("amount", amount)
                .execute();
    }

    /// Keeps the most that was kept of each quota on a day.
    void peak(Handle tx, TenantId tenant, LocalDate day) {
        tx.createUpdate(
                        """
                        INSERT INTO tenancy_usage (tenant_id, day, measure, amount)
                        SELECT tenant_id, :day, quota, used
                          FROM tenancy_quota
                         WHERE tenant_id = :tenant
                        ON CONFLICT (tenant_id, day, measure) DO UPDATE
                           SET amount = CASE WHEN excluded.amount > tenancy_usage.amount
                                             THEN excluded.amount ELSE tenancy_usage.amount END
                        """)
                .bind("tenant", tenant.value())
                .bind("day", day.toEpochDay())
                .execute();
    }

    List<Usage.Day> days(Handle tx, TenantId tenant, LocalDate from, LocalDate to) {
        var days = new TreeMap<LocalDate, Map<String, Long>>();
        tx.createQuery(
                        """
                        SELECT day, measure, amount
                          FROM tenancy_usage
                         WHERE tenant_id = :tenant AND day >= :from AND day <= :to
                         ORDER BY day, measure
                        """)
                .bind("tenant", tenant.value())
                .bind("from", from.toEpochDay())
                .bind("to", to.toEpochDay())
                .map((row, _) ->
                        new Row(
                                LocalDate.ofEpochDay(row.getLong("day")),
                                row.getString("measure"),
                                row.getLong("amount")))
                .forEach(row ->
                        days.computeIfAbsent(row.day(), _ -> new TreeMap<>())
                                .put(row.measure(), row.amount()));
        var all = new ArrayList<Usage.Day>();
        days.forEach((day, measures) -> all.add(new Usage.Day(day, measures)));
        return all;
    }

    private record Row(LocalDate day, String measure, long amount) {}
}
