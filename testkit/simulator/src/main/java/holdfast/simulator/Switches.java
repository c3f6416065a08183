package holdfast.simulator;

import java.util.EnumMap;
import java.util.Map;

/// The position of every [Switch]. Safe to call from many threads.
public final class Switches {
    private final Map<Switch, String> positions = new EnumMap<>(Switch.class);

    Switches(Map<Switch, String> positions) {
        positions.forEach(this::put);
    }

    /// @throws IllegalArgumentException naming what the switch takes
    public void set(Switch which, String setting) {
        put(which, setting);
    }

    private synchronized void put(Switch which, String setting) {
        which.check(setting);
        positions.put(which, setting);
    }

    public void set(Switch which, int number) {
        set(which, Integer.toString(number));
    }

    public synchronized String setting(Switch which) {
        return positions.getOrDefault(which, which.initial());
    }

    /// Every switch, changed or not.
    public synchronized Map<Switch, String> all() {
        var all = new EnumMap<Switch, String>(Switch.class);
        for (var which : Switch.values()) {
            all.put(which, setting(which));
        }
        return all;
    }

    boolean is(Switch which, String setting) {
        which.check(setting);
        return setting(which).equals(setting);
    }

    int number(Switch which) {
        return Integer.parseInt(setting(which));
    }
}
