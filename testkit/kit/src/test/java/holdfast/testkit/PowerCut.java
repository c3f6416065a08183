package holdfast.testkit;

import static java.util.Objects.requireNonNull;

import holdfast.testkit.DiskTrace.Action;
import holdfast.testkit.DiskTrace.Operation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;

/// The files as a disk may hold them when the power goes: what was synced for certain, the rest by chance.
///
/// Of a write that was not synced, each sector of 512 bytes is kept or lost by itself. A name is made or taken away for
/// certain only when its folder was synced afterwards.
final class PowerCut {
    private static final int SECTOR = 512;
    private static final int NEVER = Integer.MAX_VALUE;

    private final Map<String, byte[]> before;
    private final List<Operation> operations;
    private final int[] certain; // from which line on

    /// @param honest for which names (the folder's is empty) a sync does what it says
    PowerCut(Map<String, byte[]> before, List<Operation> operations, Predicate<String> honest) {
        this.before = Map.copyOf(before);
        this.operations = List.copyOf(operations);
        this.certain = new int[operations.size()];
        for (int i = 0; i < certain.length; i++) {
            certain[i] = certain(i, honest);
        }
    }

    private int certain(int index, Predicate<String> honest) {
        var operation = operations.get(index);
        boolean ofFolder =
                operation.action() instanceof Action.Create
                        || operation.action() instanceof Action.Unlink;
        var place = ofFolder ? "" : operation.file();
        for (var later : operations.subList(index + 1, operations.size())) {
            if (!later.file().equals(place)) {
                continue;
            }
            if (later.action() instanceof Action.Unlink) {
                return NEVER; // the next file of this name is another one
            }
            if (later.action() instanceof Action.Sync
                    && later.begin() > operation.end()
                    && honest.test(place)) {
                return later.end() + 1;
            }
        }
        return NEVER;
    }

    /// {@return the files after a cut before `line`, by name}
    ///
    /// @param keep the chance of each uncertain operation to be on the disk, 0 to 1
    Map<String, byte[]> at(int line, double keep, Random chance) {
        var seen = new HashMap<String, DiskContent>(); // by the program
        before.forEach((name, bytes) -> seen.put(name, new DiskContent(bytes)));
        var kept = new TreeMap<>(seen);
        for (int i = 0; i < certain.length && operations.get(i).begin() < line; i++) {
            double likely = certain[i] <= line ? 1 : keep;
            var name = operations.get(i).file();
            switch (operations.get(i).action()) {
                case Action.Create _ -> {
                    if (!seen.containsKey(name)) {
                        seen.put(name, new DiskContent(new byte[0]));
                        if (chance.nextDouble() < likely) {
                            kept.put(name, seen.get(name));
                        }
                    }
                }
                case Action.Unlink _ -> {
                    seen.remove(name);
                    if (chance.nextDouble() < likely) {
                        kept.remove(name);
                    }
                }
                case Action.Write write ->
                        write(requireNonNull(seen.get(name)), write, likely, chance);
                case Action.Truncate(var size) -> {
                    if (chance.nextDouble() < likely) {
                        requireNonNull(seen.get(name)).truncate(size);
                    }
                }
                case Action.Sync _, Action.Answer _ -> {}
            }
        }
        var files = new TreeMap<String, byte[]>();
        kept.forEach((name, content) -> files.put(name, content.bytes()));
        return files;
    }

    private static void write(DiskContent file, Action.Write write, double likely, Random chance) {
        int length = write.bytes().length;
        for (int start = 0; start < length; ) {
            int sector = SECTOR - Math.toIntExact((write.at() + start) % SECTOR);
            int end = Math.min(length, start + sector);
            if (chance.nextDouble() < likely) {
                file.write(write.at(), write.bytes(), start, end);
            }
            start = end;
        }
    }
}
