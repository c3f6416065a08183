package holdfast.tenancy;

import holdfast.kernel.TenantId;
import holdfast.storage.Database;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jdbi.v3.core.Handle;

/// The only [Usage]: counts in memory, and adds to the day by and by.
///
/// What a crash takes is at most one pause of the job; quotas do not depend on it.
final class NotedUsage implements Usage {
    private static final int MOST_DAYS = 400;
    private static final int AREA = 32; // characters

    private final Database database;
    private final UsageStore store;
    private final InstantSource clock;
    private final Map<Key, LongAdder> noted = new ConcurrentHashMap<>();

    NotedUsage(Database database, UsageStore store, InstantSource clock) {
        this.database = database;
        this.store = store;
        this.clock = clock;
    }

    @Override
    public void called(TenantId tenant, String area) {
        var day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        var key = new Key(tenant, day, area.substring(0, Math.min(AREA, area.length())));
        var known = noted.get(key); // which takes no lock
        var counter = known == null ? noted.computeIfAbsent(key, _ -> new LongAdder()) : known;
        counter.increment();
    }

    @Override
    public List<Day> days(Handle tx, TenantId tenant, LocalDate from, LocalDate to) {
        var last = from.plusDays(MOST_DAYS);
        return store.days(tx, tenant, from, to.isAfter(last) ? last : to);
    }

    @Override
    public void flush() {
        var due = new HashMap<Key, Long>();
        for (var key : List.copyOf(noted.keySet())) {
            var counter = noted.remove(key);
            if (counter != null) {
                due.merge(key, counter.sum(), Long::sum);
            }
        }
        if (due.isEmpty()) {
            return;
        }
        database.writePlatform(tx -> {
            var days = new HashSet<Key>();
            due.forEach((key, count) -> {
                store.add(tx, key.tenant(), key.day(), "calls", count);
                store.add(tx, key.tenant(), key.day(), "calls." + key.area(), count);
                days.add(new Key(key.tenant(), key.day(), ""));
            });
            days.forEach(one -> store.peak(tx, one.tenant(), one.day()));
            return due.size();
        });
    }

    private record Key(TenantId tenant, LocalDate day, String area) {}
}
