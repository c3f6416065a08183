package holdfast.cluster;

import com.github.kagkarlsson.scheduler.jdbc.SqliteJdbcCustomization;
import holdfast.storage.Database;
import holdfast.storage.Schema;
import java.nio.file.Path;
import java.time.InstantSource;
import javax.sql.DataSource;

/// Puts the room together.
public record ClusterRoom(Leases leases, Counters counters, Broadcast broadcast, Jobs jobs) {
    /// The tables of this room, to be migrated before [#onOneNode].
    public static final Schema SCHEMA = new Schema("cluster", ClusterRoom.class);

    /// @param directory where `jobs.db` lives
    /// @param node      names this process, for the eyes of an operator
    public static ClusterRoom onOneNode(
            Database database, Path directory, InstantSource clock, String node) {
        var jobs =
                new SchedulerJobs(
                        JobFile.open(directory), new SqliteJdbcCustomization(), clock, node);
        return assemble(database, jobs, clock, node);
    }

    /// @param source connections of the service's role to the shared PostgreSQL, whose table `cluster_job` holds the jobs
    public static ClusterRoom onSharedDatabase(
            Database database, DataSource source, InstantSource clock, String node) {
        var jobs = new SchedulerJobs(source, SchedulerJobs.detected(source), clock, node);
        return assemble(database, jobs, clock, node);
    }

    private static ClusterRoom assemble(
            Database database, Jobs jobs, InstantSource clock, String node) {
        return new ClusterRoom(
                new DatabaseLeases(database, clock, node),
                new MemoryCounters(clock),
                new MemoryBroadcast(),
                jobs);
    }
}
