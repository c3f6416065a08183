package holdfast.tenancy;

import holdfast.kernel.TenantId;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/// Keeps what tenants used, day by day (UTC). Safe for many threads.
public interface Usage {
    /// Notes one call of the API; stored by the room's job, so that a call costs no write.
    ///
    /// @param area what was called, for example `environments`
    void called(TenantId tenant, String area);

    /// {@return the days on which anything was used, oldest first}
    ///
    /// @param from first day
    /// @param to   last day, at most 400 after the first
    List<Day> days(Handle tx, TenantId tenant, LocalDate from, LocalDate to);

    /// Stores what was noted.
    void flush();

    /// What one day came to.
    ///
    /// @param measures `calls`, `calls.{area}`, and the most that was kept of each quota, for example `CREDENTIALS`
    record Day(LocalDate day, Map<String, Long> measures) {
        public Day {
            measures = Map.copyOf(measures);
        }
    }
}
